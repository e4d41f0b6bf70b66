"""Give, change and end roles: nobody raises their own rights, and an operating council keeps a coordinator."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import Council, Membership, User
from councils.queries.terms import Term, first_loss, terms_of_coordinators
from councils.roles import Role
from councils.states import Stage

TERM_FIELDS = ("starts_on", "ends_on", "title_en", "title_fr", "is_founder", "is_public")

_SENTENCES = {
    "a_role_is_held_once_at_a_time_at_a_council": _("This person already holds this role in that time."),
    "a_role_is_held_once_at_a_time_in_the_network": _("This person already holds this role in that time."),
    "a_term_ends_after_it_starts": _("A role can't end before it starts."),
    "a_person_shown_in_public_has_a_title_in_both_languages": _(
        "Write the job title in both languages before the person is shown on the council's page."
    ),
}


@transaction.atomic
def give_role(
    council: Council | None, person: User, role: Role, *, by: User, starts_on: date, **facts: Any
) -> Membership:
    """Give a person a role from a day on; `facts` are the other fields of a membership."""
    authorize(by, "councils.give_role", (role, council))
    if person.pk == by.pk:
        raise Refused(_("Nobody gives a role to themselves: ask another person who may."))
    if not person.is_active:
        raise Refused(_("This account is closed."))
    with across(), _in_words():
        hold_person(person.pk)
        membership = Membership.objects.create(person=person, council=council, role=role, starts_on=starts_on, **facts)
    audit.record("councils.role_given", membership, by=by, council=council, fields=["role", "starts_on", *facts])
    return membership


@transaction.atomic
def change_role(membership: Membership, *, by: User, **facts: Any) -> Membership:
    """Change the term, the job title or the marks of a role; `facts` are fields out of TERM_FIELDS."""
    council = membership.council
    authorize(by, "councils.give_role", (Role(membership.role), council))
    with across(), _keeping_a_coordinator(council):
        hold_person(membership.person_id)
        held = Membership.objects.select_for_update().get(pk=membership.pk)
        term = (held.starts_on, held.ends_on)
        changed = [name for name in TERM_FIELDS if name in facts and facts[name] != getattr(held, name)]
        for name in changed:
            setattr(held, name, facts[name])
        if held.person_id == by.pk and _is_longer(term, (held.starts_on, held.ends_on)):
            raise Refused(_("Nobody lengthens their own role: ask another person who may."))
        if changed:
            with _in_words():
                held.save(update_fields=changed)
    if changed:
        audit.record("councils.role_changed", held, by=by, council=council, fields=changed)
    return held


@transaction.atomic
def end_role(membership: Membership, *, on: date, by: User, successor: User | None = None) -> Membership:
    """End a role on a day, which is the first one without it; people may always give up a role of their own.

    A `successor` takes over from that day, as the last coordinator of an operating council needs one.
    """
    council = membership.council
    if membership.person_id != by.pk:
        authorize(by, "councils.give_role", (Role(membership.role), council))
    with across(), _keeping_a_coordinator(council):
        held = Membership.objects.select_for_update().get(pk=membership.pk)
        if held.ends_on is not None and held.ends_on <= on:
            raise Refused(_("This role ends before that day already."))
        # A role that has not begun is called off.
        held.ends_on = max(on, held.starts_on)
        held.save(update_fields=["ends_on"])
        if successor is not None:
            if successor.pk == held.person_id:
                raise Refused(_("Name somebody else to take over."))
            give_role(council, successor, Role(held.role), by=by, starts_on=held.ends_on)
    audit.record("councils.role_ended", held, by=by, council=council, fields=["ends_on"])
    return held


def _is_longer(before: Term, after: Term) -> bool:
    if after[0] < before[0]:
        return True
    return before[1] is not None and (after[1] is None or after[1] > before[1])


@contextmanager
def _keeping_a_coordinator(council: Council | None) -> Iterator[None]:
    """Refuse a change after which an operating council would miss a coordinator on a day that had one before."""
    if council is None:
        yield
        return
    hold(council)
    today = timezone.localdate()
    before = terms_of_coordinators(council, today)
    yield
    # Read anew: somebody may have moved the council on since the page was opened.
    stage = Council.objects.values_list("stage", flat=True).get(pk=council.pk)
    lost = first_loss(before, terms_of_coordinators(council, today), today)
    if stage == Stage.OPERATING and lost is not None:
        raise Refused(
            _("The council would have no coordinator from %(date)s on: name another coordinator first.")
            % {"date": formats.date_format(lost, "DATE_FORMAT")}
        )


def hold(council: Council) -> None:
    """Let one change to a council's roles happen at a time, so that two can't each count on the other."""
    Council.objects.select_for_update().filter(pk=council.pk).first()


def hold_person(pk: Any) -> None:
    """Let one change to what a person holds happen at a time: two rows that exclude each other, written at once,
    would each wait for the other until Postgres gives up on one of them.
    """
    User.objects.select_for_update(no_key=True).filter(pk=pk).first()


@contextmanager
def _in_words() -> Iterator[None]:
    """Say what the database refused in a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        sentence = _SENTENCES.get(getattr(diagnosis, "constraint_name", "") or "")
        if sentence is None:
            raise
        raise Refused(sentence) from error
