"""Mentors: volunteering, what they offer, and a council's list of them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
