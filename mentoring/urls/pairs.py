"""Pairs: agreement, goals, meetings, how it goes, and the end."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
