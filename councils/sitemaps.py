"""The map of the public pages for search engines: each address in both languages, pointing to each other."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse

from allies.kit.bilingual import LANGUAGES
from councils.models import Council, Event, Organisation, Story
from councils.queries.published import immigrant_networks, published_events, published_stories

PAGES = (
    "home",
    "councils:council-list",
    "councils:event-list",
    "councils:immigrant-network-list",
    "councils:story-list",
    "councils:figure-list",
    "councils:source-list",
    "councils:about",
    "councils:accessibility",
    "councils:privacy",
)


class InEachLanguage(Paginator):  # type: ignore[type-arg]
    """Pages of items, each item once for each language; only the items of a page are read."""

    def page(self, number: int | str) -> Page[Any]:
        """Give one page of pairs of item and language."""
        found = super().page(number)
        found.object_list = [(item, language) for item in found.object_list for language in LANGUAGES]
        return found


class Bilingual(Sitemap):  # type: ignore[type-arg]
    """A part of the map: every item has an address in each language."""

    i18n = True
    alternates = True
    # A protocol of search engines allows a hundred times as many, at a hundred times the work in one request.
    limit = 250

    @property
    def paginator(self) -> InEachLanguage:
        """The pages of the map."""
        return InEachLanguage(cast("QuerySet[Any]", self.items()), self.limit)

    protocol = urlsplit(settings.ALLIES_BASE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        """The portal's own name, never the one that a request claims."""
        return urlsplit(settings.ALLIES_BASE_URL).netloc


class Pages(Bilingual):
    """The pages that are always there."""

    def items(self) -> Iterable[str]:
        """Their names."""
        return PAGES

    def location(self, item: str) -> str:
        """Their paths."""
        return reverse(item)


class Councils(Bilingual):
    """The published councils; those that were merged lead elsewhere."""

    def items(self) -> "QuerySet[Council]":
        """Their rows."""
        return Council.objects.published().filter(merged_into=None).order_by("slug_en")

    def lastmod(self, item: Council) -> datetime:
        """When the profile was changed."""
        return item.changed_at


class Starts(Councils):
    """The pages to begin with in a city."""

    def location(self, item: Council) -> str:
        """Their paths."""
        return reverse("councils:council-start", args=[item.slug])


class Stories(Bilingual):
    """The published stories."""

    def items(self) -> "QuerySet[Story]":
        """Their rows."""
        columns = ("changed_at", "council__slug_en", "council__slug_fr")
        return published_stories().select_related(None).select_related("council").only(*columns)

    def location(self, item: Story) -> str:
        """Their paths."""
        return reverse("councils:story-read", args=[item.council.slug, item.pk])

    def lastmod(self, item: Story) -> datetime:
        """When the story was changed."""
        return item.changed_at


class Events(Bilingual):
    """The published events."""

    def items(self) -> "QuerySet[Event]":
        """Their rows."""
        return published_events().select_related(None).only("changed_at").order_by("-starts_on", "pk")

    def location(self, item: Event) -> str:
        """Their paths."""
        return reverse("councils:event-read", args=[item.pk])

    def lastmod(self, item: Event) -> datetime:
        """When the event was changed."""
        return item.changed_at


class Networks(Bilingual):
    """The professional immigrant networks."""

    def items(self) -> "QuerySet[Organisation]":
        """Their rows."""
        return immigrant_networks().select_related(None).only("pk").order_by("pk")

    def location(self, item: Organisation) -> str:
        """Their paths."""
        return reverse("councils:immigrant-network", args=[item.pk])


SECTIONS: dict[str, Callable[[], Sitemap]] = {  # type: ignore[type-arg]
    "pages": Pages,
    "councils": Councils,
    "starts": Starts,
    "stories": Stories,
    "events": Events,
    "networks": Networks,
}
