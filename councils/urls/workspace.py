"""A council's workspace: its profile, programmes, stories and reflections."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
