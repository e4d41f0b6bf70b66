"""Who holds which role at a council, who is invited, and whom the public sees."""

from datetime import date
from typing import Any, Protocol

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Case, CharField, Count, Exists, OuterRef, QuerySet, Value, When
from django.utils import timezone

from allies.kit import audit
from allies.kit.scope import across
from councils.models import Consent, Council, Invitation, Membership, User
from councils.queries.terms import first_gap, terms_of_coordinators
from councils.roles import Role

CURRENT, COMING, PAST = "current", "coming", "past"


def _with_standing(found: QuerySet[Membership]) -> QuerySet[Membership]:
    today = timezone.localdate()
    return found.annotate(
        standing=Case(
            When(ends_on__lte=today, then=Value(PAST)),
            When(starts_on__gt=today, then=Value(COMING)),
            default=Value(CURRENT),
            output_field=CharField(),
        )
    )


def memberships_at(council: Council) -> QuerySet[Membership]:
    """The roles at a council, each with its person and whether it runs, comes or is past; by name."""
    found = Membership.objects.filter(council=council).select_related("person", "council")
    return _with_standing(found).order_by("person__name", "starts_on", "pk")


def people_at(council: Council) -> QuerySet[User]:
    """The people with an open account who hold or held a role at a council, by name."""
    return everybody_at(council).filter(is_active=True).order_by("name", "pk")


def everybody_at(council: Council) -> QuerySet[User]:
    """The people with a role at a council, now or before."""
    return User.objects.filter(Exists(Membership.objects.filter(council=council, person=OuterRef("pk"))))


def count_by_role(council: Council) -> list[tuple[str, int]]:
    """How many people hold each role at a council today; no names."""
    held = Membership.objects.current().filter(council=council).order_by().values("role")
    counts = dict(held.annotate(n=Count("*")).values_list("role", "n"))
    return [(str(role.label), counts[role]) for role in Role if role in counts]


def invitations_at(council: Council) -> QuerySet[Invitation]:
    """A council's invitations, those that wait first, the newest before the others."""
    return (
        Invitation.objects.filter(council=council)
        .select_related("invited_by", "accepted_by")
        .annotate(is_open=Case(When(accepted_at=None, revoked_at=None, then=Value(1)), default=Value(0)))
        .order_by("-is_open", "-created_at", "pk")
    )


def without_coordinator_from(council: Council) -> date | None:
    """The first day from today on without a coordinator, if there is one."""
    today = timezone.localdate()
    return first_gap(terms_of_coordinators(council, today), today)


def history_of(memberships: list[Membership]) -> list[audit.Entry]:
    """What was done to some roles, newest first."""
    return list(
        audit.Entry.objects.filter(
            target_type=Membership._meta.label_lower, target_id__in=[str(m.pk) for m in memberships]
        )
        .select_related("actor")
        .order_by("-position")
    )


def memberships_of(person: User) -> list[Membership]:
    """Every role of a person, with its council and whether it runs, comes or is past; the newest first."""
    with across():
        return list(
            _with_standing(Membership.objects.filter(person=person))
            .select_related("council", "person")
            .order_by("-starts_on", "pk")
        )


def agrees_to(person: User, purpose: str) -> bool:
    """Whether a person agrees to a purpose now."""
    return Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).exists()


def addresses_of(person: User) -> set[str]:
    """The addresses that a person has shown to be theirs."""
    verified = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return {address.lower() for address in verified}


def demo_people() -> list[tuple[User, list[str]]]:
    """The accounts that anybody may try in the demonstration, each with its roles in words; none elsewhere."""
    if not settings.ALLIES_DEMO:
        return []
    with across():
        found = (
            User.objects.filter(email__endswith="@demo.example", is_active=True)
            .prefetch_related("memberships__council__place")
            .order_by("joined_at", "email")
        )
        return [
            (
                user,
                [
                    f"{Role(m.role).label}, {m.council.place.name}" if m.council else str(Role(m.role).label)
                    for m in user.memberships.all()
                ],
            )
            for user in found
        ]


OPEN, ACCEPTED, TAKEN_BACK, EXPIRED = "open", "accepted", "taken_back", "expired"


class Offered(Protocol):
    """Whatever is offered to an address until a moment."""

    accepted_at: Any
    revoked_at: Any
    expires_at: Any


def standing_of(invitation: Offered) -> str:
    """Where an invitation stands."""
    if invitation.accepted_at:
        return ACCEPTED
    if invitation.revoked_at:
        return TAKEN_BACK
    return EXPIRED if invitation.expires_at <= timezone.now() else OPEN


def invitation_by_digest(token_digest: str) -> Invitation | None:
    """The invitation that a token opens."""
    with across():
        found = Invitation.objects.select_related("council__place", "invited_by").filter(token_digest=token_digest)
        return found.first()


def open_invitations_for(addresses: set[str]) -> list[Invitation]:
    """The invitations that wait for the owner of some addresses."""
    with across():
        return list(
            Invitation.objects.filter(
                email__in=addresses, accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
            )
            .select_related("council", "invited_by")
            .order_by("created_at")
        )
