"""Which councils exist for whom."""

from django.db.models import Q

from councils.models import Council, User


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
