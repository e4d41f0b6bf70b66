"""A newcomer: who qualifies, the application and where it stands."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
