"""How public pages are kept: by browsers that ask whether they changed, for a few minutes, or by nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import conditional_page

View = Callable[..., HttpResponse]

FEW_MINUTES = 300


def asked_again(view: View) -> View:
    """Let browsers keep the page and ask each time whether it changed; who signs in sees another page."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, no_cache=True)
            patch_vary_headers(response, ["Cookie"])
        return response

    return conditional_page(answered)  # type: ignore[no-any-return]


def kept_shortly(view: View) -> View:
    """Let anybody keep a file that is the same for all readers for a few minutes."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=FEW_MINUTES)
        return response

    return conditional_page(answered)  # type: ignore[no-any-return]


def private(response: HttpResponse) -> HttpResponse:
    """Keep the address, which is as good as a key, out of caches and search engines."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def moved(address: str) -> HttpResponse:
    """Lead to where a page is now; browsers ask again, for an address that one council gave up another may take."""
    response = HttpResponsePermanentRedirect(address)
    patch_cache_control(response, no_cache=True)
    return response
