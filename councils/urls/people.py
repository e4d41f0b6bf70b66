"""A council's people, their roles and invitations."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
