"""People whom a council enters on a partner's word: an account without a password, a role, and a letter about it."""

from collections.abc import Collection, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from allies.kit import audit, mail
from allies.kit.scope import across
from councils.models import Council, Membership, Organisation, StakeholderGroup, User
from councils.roles import Role
from councils.services.roles import hold_person
from mentoring.models import Application, EligibilityCheck, Heard, Intake, Mentor
from mentoring.queries.heard import HOW
from mentoring.services.eligibility import record_check
from mentoring.states import ApplicationState

# The rest of a row of a list belongs to the application.
NOT_OF_AN_APPLICATION = ("interviewed",)


def enter_person(*, email: str, name: str, language: str = "en") -> User:
    """Make an account that its person opens by choosing a password."""
    person: User = User.objects.create_user(email, name=name, language=language)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    return person


def enter_mentor(
    council: Council, person: User, standing: Any, facts: Mapping[str, Any], changes: Collection[str]
) -> Mentor:
    """Enter somebody as a mentor who still has to be approved, or write what a list says anew of one."""
    if standing is not None:
        Mentor.objects.filter(pk=standing.pk).update(**{name: facts[name] for name in changes})
        return standing  # type: ignore[no-any-return]
    mentor = Mentor.objects.create(council=council, person=person, **facts)
    hold_role(person, Role.MENTOR, council)
    _tell(person, council, "mentor", "mentoring:my-mentor", mentor.pk)
    return mentor


def enter_applicant(intake: Intake, person: User, facts: Mapping[str, Any], *, by: User) -> Application:
    """Enter an application that a partner accepted; who heard it from whom is kept, and what the rules say."""
    now, council = timezone.now(), intake.programme.council
    has_met = bool(facts.get("interviewed"))
    application = Application.objects.create(
        intake=intake,
        person=person,
        state=ApplicationState.SCREENED if has_met else ApplicationState.ELIGIBLE,
        submitted_at=now,
        eligible_at=now,
        screened_at=now if has_met else None,
        **sender(council, str(facts["heard_from"])),
        **{name: value for name, value in facts.items() if name not in NOT_OF_AN_APPLICATION},
    )
    check = record_check(application)
    if check.verdict != EligibilityCheck.Verdict.PASS:
        EligibilityCheck.objects.create(
            application=application,
            rules=check.rules,
            verdicts=check.verdicts,
            verdict=EligibilityCheck.Verdict.PASS,
            overridden_by=by,
            override_reason=str(facts["heard_from"]),
        )
    hold_role(person, Role.MENTEE, council)
    _tell(person, council, "mentee", "councils:my-start", partner=facts["heard_from"])
    return application


def sender(council: Council, name: str) -> dict[str, Any]:
    """How somebody whom a partner sends heard of us, with the organisation where one at the table has that name."""
    known = Organisation.objects.filter(Q(name_en__iexact=name) | Q(name_fr__iexact=name), council=council)
    found = known.order_by("pk").first()
    way = HOW.get(StakeholderGroup(found.group), Heard.SERVICE) if found else Heard.SERVICE
    return {"heard_by": way, "heard_org": found}


def hold_role(person: User, role: Role, council: Council, *, by: User | None = None) -> None:
    """See to it that a person holds a role of their own from today."""
    with across():
        hold_person(person.pk)
        if Membership.objects.current().filter(person=person, role=role, council=None).exists():
            return
        membership = Membership.objects.create(person=person, role=role, starts_on=timezone.localdate())
    audit.record("councils.role_given", membership, by=by, council=council, fields=["role", "starts_on"])


def _tell(person: User, council: Council, kind: str, page: str, *args: Any, partner: str = "") -> None:
    with translation.override(person.language):
        facts = {
            "kind": kind,
            "council": council.name,
            "partner": partner,
            "path": reverse(page, args=args),
            "is_new": not person.has_usable_password(),
            "password_path": reverse("account_reset_password"),
        }
    mail.send("mentoring/entered", to=person, context=facts)
