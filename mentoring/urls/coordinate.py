"""Coordinators: programmes, intakes, applicants, interviews and orientation."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
