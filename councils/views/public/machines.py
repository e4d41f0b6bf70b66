"""What programs read: the network's feed, the map of the site, and two text files."""

from datetime import timedelta

from django.conf import settings
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from allies.kit.access import gate
from councils.addresses import whole
from councils.feeds import MOST_ENTRIES, network_feed
from councils.queries.published import published_events, published_stories
from councils.sitemaps import SECTIONS
from councils.views.public.answers import kept_shortly

XML = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
# RFC 9116 asks for less than a year.
SECURITY_NOTICE_DAYS = 180


@gate("public", across=True)
@require_safe
@kept_shortly
def network_feed_show(request: HttpRequest) -> HttpResponse:
    """Give the network's feed in the language of the address."""
    stories = published_stories().order_by("-changed_at")[:MOST_ENTRIES]
    events = published_events().order_by("-changed_at")[:MOST_ENTRIES]
    return HttpResponse(network_feed(stories, events), content_type="application/atom+xml; charset=utf-8")


@gate("public", across=True)
@require_safe
@kept_shortly
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the parts of the map."""
    parts = []
    for name, section in SECTIONS.items():
        address = whole(reverse("sitemap-section", args=[name]))
        pages = section().paginator.num_pages
        parts += [address if number == 1 else f"{address}?p={number}" for number in range(1, pages + 1)]
    return HttpResponse(render_to_string("councils/public/sitemap_index.xml", {"parts": parts}), content_type=XML)


@gate("public", across=True)
@require_safe
@kept_shortly
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """List the addresses of one part, each with its two languages."""
    if section not in SECTIONS:
        raise Http404
    try:
        urls = SECTIONS[section]().get_urls(page=request.GET.get("p", 1))
    except (EmptyPage, PageNotAnInteger) as unknown:
        raise Http404 from unknown
    return HttpResponse(render_to_string("councils/public/sitemap.xml", {"urls": urls}), content_type=XML)


@gate("public")
@require_safe
@kept_shortly
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers what is for them."""
    context = {"sitemap": whole(reverse("sitemap"))}
    return HttpResponse(render_to_string("councils/public/robots.txt", context), content_type=TEXT)


@gate("public")
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Tell people who find a weakness whom to tell (RFC 9116)."""
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    context = {
        "contact": settings.SECURITY_CONTACT,
        "expires": (midnight + timedelta(days=SECURITY_NOTICE_DAYS)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "canonical": whole(reverse("security-txt")),
    }
    response = HttpResponse(render_to_string("councils/public/security.txt", context), content_type=TEXT)
    patch_cache_control(response, public=True, max_age=3600)
    return response
