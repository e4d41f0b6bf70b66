"""Public pages: the directory, the profiles, feeds and contacts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
