"""One's own pages: the start page, my data, roles and invitations."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
