"""Whom a council convenes: organisations, bodies and meetings."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
