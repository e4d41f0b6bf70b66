"""Mentors: they volunteer, say what they offer, pause, come back and stop; the council approves them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from allies.kit import audit, mail
from allies.kit.access import Denied, authorize, can
from allies.kit.refusals import Refused
from allies.kit.scope import across
from allies.kit.states import move
from councils.models import Council, Membership, Organisation, User
from councils.roles import Role
from councils.services.editing import Faulty, write
from councils.states import Stage
from mentoring.models import Mentor, Orientation, OrientationSession
from mentoring.queries.employers import says_unmet, terms_of, unmet
from mentoring.services.entering import hold_role
from mentoring.states import MENTOR, MentorState

FIELDS = (
    *("occupation", "industry", "years", "languages", "kinds", "goals", "availability", "mode", "place"),
    *("employer", "position", "seniority", "capacity", "serves_network", "about"),
)


@transaction.atomic
def volunteer(
    council: Council,
    *,
    facts: Mapping[str, Any],
    by: User,
    staff_of: Organisation | None = None,
    invited_by: User | None = None,
) -> Mentor:
    """Offer oneself as a mentor of a council; its coordinators are told. Whoever stopped once may begin again."""
    Council.objects.select_for_update().filter(pk=council.pk).first()
    council.refresh_from_db(fields=["stage", "is_published"])
    if not council.is_published or council.stage in (Stage.MERGED, Stage.CLOSED):
        raise Refused(_("This council takes no new mentors now."))
    with across():
        mentor = Mentor.objects.select_for_update(of=("self",)).filter(council=council, person=by).first()
        if mentor is None:
            mentor = Mentor(council=council, person=by)
        elif mentor.state != MentorState.RETIRED:
            raise Refused(_("You are a mentor of this council already."))
        write(mentor, facts, known=FIELDS)
        mentor.state, mentor.paused_until = MentorState.APPLIED, None
        mentor.staff_of, mentor.invited_by, mentor.exception = staff_of, invited_by, ""
        mentor.save()
        _tell_staff(mentor)
    hold_role(by, Role.MENTOR, council, by=by)
    audit.record("mentoring.mentor_volunteered", mentor, by=by, council=council, fields=[n for n in facts if facts[n]])
    return mentor


def _tell_staff(mentor: Mentor) -> None:
    for person in coordinators_of(mentor.council):
        with translation.override(person.language):
            facts = {
                "mentor": mentor.person.name,
                "council": mentor.council.name,
                "path": reverse("mentoring:mentor-show", args=[mentor.council.slug, mentor.pk]),
            }
        mail.send("mentoring/mentor_volunteered", to=person, context=facts)


def coordinators_of(council: Council) -> list[User]:
    """Whom a council's mentors are announced to: its coordinators, or its directors while there is none."""
    for role in (Role.COORDINATOR, Role.DIRECTOR):
        held = Membership.objects.current().filter(council=council, role=role, person__is_active=True)
        if people := [membership.person for membership in held.select_related("person").order_by("pk")]:
            return people
    return []


@contextmanager
def _own_or_staff(mentor: Mentor, by: User) -> Iterator[Mentor]:
    """Give the mentor as it stands, held until the end, to the mentor and to whoever works with people there."""
    if not can(by, "mentoring.own_mentor", mentor):
        decision = can(by, "mentoring.work_with_people", mentor.council)
        if not decision:
            raise Denied(decision.reason)
    with transaction.atomic(), across():
        yield Mentor.objects.select_for_update(of=("self",)).select_related("council", "person").get(pk=mentor.pk)


def change_offer(mentor: Mentor, *, facts: Mapping[str, Any], by: User, reason: str = "") -> list[str]:
    """Change what a mentor offers; fewer places than mentees is refused by the database, and said with their number.

    The council's staff give a reason, which the mentor reads.
    """
    with _own_or_staff(mentor, by) as standing:
        is_own = standing.person_id == by.pk
        if not is_own and not reason.strip():
            raise Faulty({"reason": _("Say why: the mentor reads it, and it stays on record.")})
        if standing.state == MentorState.RETIRED:
            raise Refused(_("You no longer mentor here. Volunteer again to begin anew."))
        changed = [name for name in facts if getattr(standing, name) != facts[name]]
        write(standing, {name: facts[name] for name in changed}, known=FIELDS)
        if changed:
            with _enough_places(standing):
                standing.save(update_fields=[*changed, "saved_at"])
            if not is_own:
                _tell_of_change(standing, reason.strip())
            said = "" if is_own else reason.strip()[:300]
            council = standing.council_id
            audit.record("mentoring.mentor_changed", standing, by=by, council=council, fields=changed, reason=said)
    return sorted(changed)


def _tell_of_change(mentor: Mentor, reason: str) -> None:
    with translation.override(mentor.person.language):
        told = {
            "council": mentor.council.name,
            "reason": reason,
            "path": reverse("mentoring:my-mentor", args=[mentor.pk]),
        }
    mail.send("mentoring/mentor_changed", to=mentor.person, context=told)


@contextmanager
def _enough_places(mentor: Mentor) -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name != "a_mentor_has_at_most_as_many_mentees_as_places":
            raise
        count = Mentor.objects.values_list("active_load", flat=True).get(pk=mentor.pk)
        sentence = ngettext(
            "%(count)d mentee counts on you now: keep at least %(count)d place.",
            "%(count)d mentees count on you now: keep at least %(count)d places.",
            count,
        )
        raise Faulty({"capacity": sentence % {"count": count}}) from error


def acknowledge_handbook(mentor: Mentor, *, by: User) -> None:
    """Note that the mentor has read the handbook."""
    authorize(by, "mentoring.own_mentor", mentor)
    with _own_or_staff(mentor, by) as standing:
        if standing.handbook_at is None:
            standing.handbook_at = timezone.now()
            standing.save(update_fields=["handbook_at", "saved_at"])
            audit.record("mentoring.handbook_read", standing, by=by, council=standing.council_id)


@transaction.atomic
def approve(
    mentor: Mentor,
    *,
    by: User,
    on: date | None = None,
    session: OrientationSession | None = None,
    note: str = "",
    handbook_told: bool = False,
    exception: str = "",
) -> None:
    """Make a volunteer available: oriented in a session or one to one (with a note), and at home in the handbook.

    Whoever does not meet their employer's rules needs a reason for the exception.
    """
    authorize(by, "mentoring.work_with_people", mentor.council)
    whole = Mentor.objects.select_related("council", "person", "staff_of")
    standing = whole.select_for_update(of=("self",)).get(pk=mentor.pk)
    facts: dict[str, Any] = {}
    if standing.oriented_on is None:
        facts["oriented_on"] = _orient(standing, on=on, session=session, note=note, by=by)
    if standing.handbook_at is None:
        if not handbook_told:
            raise Faulty({"handbook_told": _("The handbook comes first: the mentor reads it, or you go through it.")})
        facts["handbook_at"] = timezone.now()
    if standing.staff_of and (missed := unmet(terms_of(standing.staff_of), standing.seniority, standing.years)):
        if not exception:
            raise Faulty({"exception": says_unmet(standing.staff_of, missed)})
        facts["exception"] = exception
    move(standing, MentorState.AVAILABLE, arrows=MENTOR, **facts)
    with translation.override(standing.person.language):
        told = {
            "council": standing.council.name,
            "path": reverse("mentoring:my-mentor", args=[standing.pk]),
        }
    mail.send("mentoring/mentor_approved", to=standing.person, context=told)
    audit.record("mentoring.mentor_approved", standing, by=by, council=standing.council_id, fields=["state", *facts])


def _orient(mentor: Mentor, *, on: date | None, session: OrientationSession | None, note: str, by: User) -> date:
    """Record how a mentor was oriented, and give the day."""
    if session is not None:
        came = timezone.localdate(session.starts_at)
        if came > timezone.localdate():
            raise Faulty({"session": _("This session is still to come: approve the mentor afterwards.")})
        Orientation.objects.update_or_create(
            session=session, mentor=mentor, defaults={"came": True, "recorded_by": by, "council_id": mentor.council_id}
        )
        return came
    if on is None:
        raise Faulty({"on": _("Say on which day the mentor was oriented, or choose the session.")})
    if on > timezone.localdate():
        raise Faulty({"on": _("This day is still to come: approve the mentor afterwards.")})
    if not note:
        raise Faulty({"note": _("Say in a few words how the orientation one to one went.")})
    Orientation.objects.create(mentor=mentor, came=True, recorded_by=by, note=note, council_id=mentor.council_id)
    return on


def pause(mentor: Mentor, *, until: date, by: User) -> None:
    """Take no new mentees before a day; the pairs under way go on. A pause may be moved to another day."""
    with _own_or_staff(mentor, by) as standing:
        if until <= timezone.localdate():
            raise Faulty({"until": _("Choose a day that is still to come.")})
        if standing.state == MentorState.PAUSED:
            standing.paused_until = until
            standing.save(update_fields=["paused_until", "saved_at"])
        else:
            move(standing, MentorState.PAUSED, arrows=MENTOR, paused_until=until)
        audit.record("mentoring.mentor_paused", standing, by=by, council=standing.council_id, fields=["paused_until"])


def come_back(mentor: Mentor, *, by: User) -> None:
    """End a pause."""
    with _own_or_staff(mentor, by) as standing:
        if standing.state != MentorState.PAUSED:
            raise Refused(_("There is no pause to end."))
        move(standing, MentorState.AVAILABLE, arrows=MENTOR, paused_until=None)
        audit.record("mentoring.mentor_came_back", standing, by=by, council=standing.council_id)


def end_pauses(today: date) -> int:
    """End the pauses whose day has come, and tell the mentors; gives how many."""
    with across():
        due = list(
            Mentor.objects.filter(state=MentorState.PAUSED, paused_until__lte=today)
            .select_related("council", "person")
            .order_by("pk")
        )
        ended = 0
        for mentor in due:
            try:
                with transaction.atomic():
                    move(mentor, MentorState.AVAILABLE, arrows=MENTOR, paused_until=None)
                    with translation.override(mentor.person.language):
                        told = {
                            "council": mentor.council.name,
                            "path": reverse("mentoring:my-mentor", args=[mentor.pk]),
                        }
                    mail.send("mentoring/pause_over", to=mentor.person, context=told)
                    audit.record("mentoring.mentor_came_back", mentor, by=None, council=mentor.council_id)
            except Refused:
                # Meanwhile the mentor came back or stopped.
                continue
            ended += 1
    return ended


def retire(mentor: Mentor, *, by: User) -> None:
    """Stop mentoring for a council; refused while somebody counts on the mentor."""
    with _own_or_staff(mentor, by) as standing:
        if standing.active_load:
            sentence = ngettext(
                "%(count)d mentee still counts on this mentor. Complete or end the pair first, or pause.",
                "%(count)d mentees still count on this mentor. Complete or end the pairs first, or pause.",
                standing.active_load,
            )
            raise Refused(sentence % {"count": standing.active_load})
        move(standing, MentorState.RETIRED, arrows=MENTOR, paused_until=None)
        if not Mentor.objects.filter(person=standing.person_id).exclude(state=MentorState.RETIRED).exists():
            Membership.objects.current().filter(person=standing.person_id, role=Role.MENTOR, council=None).update(
                ends_on=timezone.localdate()
            )
        audit.record("mentoring.mentor_retired", standing, by=by, council=standing.council_id)
