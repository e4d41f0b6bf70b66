"""The portal's addresses, and beside them a view that does nothing but ask the database trivial questions."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from allies import urls


def empty(request: HttpRequest, questions: int) -> HttpResponse:
    """Ask as many questions as told, and answer nothing."""
    with connection.cursor() as cursor:
        for _ in range(questions):
            cursor.execute("SELECT 1")
            cursor.fetchone()
    return HttpResponse()


urlpatterns = [path("empty/<int:questions>/", empty), *urls.urlpatterns]
