"""National pages: the registry, its figures and comparisons."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
