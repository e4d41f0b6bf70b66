"""Matching: runs, their proposals, and the offers that people answer."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
