"""Which staff sessions run."""

from django.utils import timezone

from councils.models import Council, StaffSession, User


def running_session(person: User, council: Council) -> StaffSession | None:
    """The session in which a person may see a council's personal data now."""
    return (
        StaffSession.objects.filter(person=person, council=council, ends_at__gt=timezone.now())
        .order_by("-ends_at")
        .first()
    )


def running_sessions(person: User) -> list[StaffSession]:
    """All sessions of a person that run now, those that end first before the others."""
    return list(
        StaffSession.objects.filter(person=person, ends_at__gt=timezone.now())
        .select_related("council")
        .order_by("ends_at")
    )
