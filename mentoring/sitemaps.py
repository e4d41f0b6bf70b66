"""The public pages of mentoring on the map for search engines."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from councils import sitemaps
from councils.models import Council
from mentoring.models import Programme
from mentoring.queries.programmes import GONE, published_programmes

# The list stands for itself; of each programme there is the page and the check of who qualifies.
Item = tuple[str, Programme | None]


class Programmes(sitemaps.Bilingual):
    """The list of programmes, each public programme, and whether it is for somebody."""

    def items(self) -> Iterable[Item]:
        """The names of the pages, with their programmes."""
        found = published_programmes().order_by("council__slug_en", "slug")
        of_each = [(name, one) for one in found for name in ("open-programme", "eligibility")]
        return [("open-programmes", None), *of_each]

    def location(self, item: Item) -> str:
        """Their paths."""
        name, programme = item
        return reverse(f"mentoring:{name}", args=[programme.council.slug, programme.slug] if programme else [])


class Volunteering(sitemaps.Bilingual):
    """The pages for mentors of the councils that take some."""

    def items(self) -> "QuerySet[Council]":
        """Their rows."""
        return Council.objects.published().filter(merged_into=None).exclude(stage__in=GONE).order_by("slug_en")

    def location(self, item: Council) -> str:
        """Their paths."""
        return reverse("mentoring:become-mentor", args=[item.slug])


def register() -> None:
    """Add mentoring's parts to the map."""
    sitemaps.SECTIONS.update({"mentoring": Programmes, "mentors": Volunteering})
