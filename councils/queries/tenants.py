"""Which councils exist for whom."""

from django.db.models import Q

from councils.models import Council, User


def councils_of(user: User) -> list[Council]:
    """The councils whose workspace the person may enter, by name; all of them for national roles."""
    councils = Council.objects.by_name()
    if not user.is_national:
        councils = councils.filter(pk__in=[at for _role, at in user.held_roles if at])
    return list(councils)


def council_for(user: User, slug: str) -> Council | None:
    """The council at an address, if it exists for this person: members of it and national roles."""
    council = Council.objects.select_related("place", "province").filter(Q(slug_en=slug) | Q(slug_fr=slug)).first()
    if council and (user.is_national or user.belongs_to(council)):
        return council
    return None


def workplaces_of(user: User) -> list[Council]:
    """The councils where the person holds a role, by name: a short list for the menu."""
    at = [council for _role, council in user.held_roles if council]
    return list(Council.objects.filter(pk__in=at).by_name()) if at else []
