"""Refusals: what a service says when a rule of the business stands in the way."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise


class Refused(Exception):
    """A service could not do what was asked; `reason` is a sentence for the person who asked."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))
        self.reason = reason


@contextmanager
def shown_as_message(request: HttpRequest, refusal: type[Refused] = Refused) -> Iterator[None]:
    """Show a refusal as an error message on the next page instead of failing the request."""
    try:
        yield
    except refusal as caught:
        messages.error(request, str(caught.reason))
