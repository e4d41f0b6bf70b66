"""What anybody may read: the same answer for all, and nobody may post there."""

from allies.kit import scope
from councils.models import Organisation
from tests import factories as make
from tests.access.matrix import PUBLIC, Row

NOT_OFFERED = "405"
NOT_THERE = "404"


def _slug(world):
    return {"slug": world.halifax.slug_en}


def _of(model):
    return lambda world: {"slug": world.halifax.slug_en, "pk": world.things[model].pk}


def _event(world):
    return {"pk": world.things["Event"].pk}


def _network(world):
    facts = {"council": world.halifax, "name_en": "Engineers", "group": "immigrant_network", "is_public": True}
    with scope.across():
        there = Organisation.objects.filter(**facts).first() or make.OrganisationFactory(**facts)
    return {"pk": there.pk}


def _section(world):
    return {"section": "councils"}


ROWS = {
    "home": Row(get=PUBLIC, post=NOT_OFFERED),
    "robots": Row(get=PUBLIC, post=NOT_OFFERED),
    "security-txt": Row(get=PUBLIC, post=NOT_OFFERED),
    "sitemap": Row(get=PUBLIC, post=NOT_OFFERED),
    "sitemap-section": Row(get=PUBLIC, post=NOT_OFFERED, args=_section),
    "councils:about": Row(get=PUBLIC, post=NOT_OFFERED),
    "councils:accessibility": Row(get=PUBLIC, post=NOT_OFFERED),
    "councils:privacy": Row(get=PUBLIC, post=NOT_OFFERED),
    "councils:council-list": Row(get=PUBLIC, post=NOT_OFFERED),
    "councils:council-show": Row(get=PUBLIC, post=NOT_OFFERED, args=_slug),
    "councils:council-history": Row(get=PUBLIC, post=NOT_OFFERED, args=_slug),
    "councils:council-organisations": Row(get=PUBLIC, post=NOT_OFFERED, args=_slug),
    "councils:council-start": Row(get=PUBLIC, post=NOT_OFFERED, args=_slug),
    "councils:council-feed": Row(get=PUBLIC, post=NOT_OFFERED, args=_slug),
    "councils:council-stories": Row(get=PUBLIC, post=NOT_OFFERED, args=_slug),
    # Nobody in this world agreed to be contacted, and the story has no photo.
    "councils:council-cards": Row(get=NOT_THERE, post=NOT_OFFERED, args=_slug),
    "councils:council-card": Row(get=NOT_THERE, post=NOT_OFFERED, args=_of("Membership")),
    "councils:story-photo": Row(get=NOT_THERE, post=NOT_OFFERED, args=_of("Story")),
    "councils:story-read": Row(get=PUBLIC, post=NOT_OFFERED, args=_of("Story")),
    "councils:story-list": Row(get=PUBLIC, post=NOT_OFFERED),
    "councils:event-list": Row(get=PUBLIC, post=NOT_OFFERED),
    "councils:event-read": Row(get=PUBLIC, post=NOT_OFFERED, args=_event),
    "councils:immigrant-network-list": Row(get=PUBLIC, post=NOT_OFFERED),
    "councils:immigrant-network": Row(get=PUBLIC, post=NOT_OFFERED, args=_network),
    "councils:event-calendar": Row(get=PUBLIC, post=NOT_OFFERED, args=_event),
    "councils:figure-list": Row(get=PUBLIC, post=NOT_OFFERED),
    "councils:source-list": Row(get=PUBLIC, post=NOT_OFFERED),
    "councils:network-feed": Row(get=PUBLIC, post=NOT_OFFERED),
}
