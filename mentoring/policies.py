"""Who may do what in mentoring, with the reason for each refusal."""

from django.utils.translation import gettext_lazy as _

from allies.kit.access import ALLOW, Decision, allow_if, can, deny, policy
from allies.kit.scope import across
from councils.models import Council, Organisation, User
from mentoring.models import Application, Champion, Mentor, Pair


@policy("mentoring.read")
def may_read(actor: User, council: Council) -> Decision:
    """Read how mentoring goes at a council, in numbers: whoever may enter its workspace."""
    return can(actor, "councils.enter", council)


@policy("mentoring.manage")
def may_manage(actor: User, council: Council) -> Decision:
    """Set up programmes and intakes: the council's staff, and the registry's staff."""
    return can(actor, "councils.edit", council)


@policy("mentoring.see_people")
def may_see_people(actor: User, council: Council) -> Decision:
    """See applicants, mentors and pairs: the council's staff, and national staff who stated a reason."""
    return can(actor, "councils.see_people", council)


@policy("mentoring.work_with_people")
def may_work_with_people(actor: User, council: Council) -> Decision:
    """Screen, match and support people: whoever may see them and may change the council's pages."""
    seen = may_see_people(actor, council)
    return may_manage(actor, council) if seen else seen


@policy("mentoring.own_application")
def may_own_application(actor: User, application: Application) -> Decision:
    """Work on an application: the person who applies."""
    return allow_if(application.person_id == actor.pk, _("This application is somebody else's."))


@policy("mentoring.own_mentor")
def may_own_mentor(actor: User, mentor: Mentor) -> Decision:
    """Change what a mentor offers: the mentor."""
    return allow_if(mentor.person_id == actor.pk, _("This is another mentor's page."))


@policy("mentoring.take_part")
def may_take_part(actor: User, pair: Pair) -> Decision:
    """Work in a pair: its mentee and its mentor."""
    if actor.pk in (pair.mentee_person_id, pair.mentor_person_id):
        return ALLOW
    return deny(_("Only the two people of a pair work here."))


@policy("mentoring.work_on_pair")
def may_work_on_pair(actor: User, pair: Pair) -> Decision:
    """Pause, end or complete a pair: its two people, and the staff of the council whose programme it is in."""
    if actor.pk in (pair.mentee_person_id, pair.mentor_person_id):
        return ALLOW
    return may_work_with_people(actor, pair.programme.council)


@policy("mentoring.speak_for")
def may_speak_for(actor: User, organisation: Organisation) -> Decision:
    """Speak for an employer in mentoring: its champion, until the council or the champion ends it."""
    with across():
        speaks = Champion.objects.filter(organisation=organisation, person=actor, ended_at=None).exists()
    return allow_if(speaks, _("Only the employer's champion does that."))


@policy("mentoring.invite_staff")
def may_invite_staff(actor: User, organisation: Organisation) -> Decision:
    """Look after an employer's invitations: its champion, and the council's staff who work with people."""
    decision = may_speak_for(actor, organisation)
    return decision or may_work_with_people(actor, organisation.council)


@policy("mentoring.write_report")
def may_write_report(actor: User, council: Council | None = None) -> Decision:
    """Write results down for good: who sets up a council's programmes; for the whole network, national staff."""
    return can(actor, "network.keep") if council is None else may_manage(actor, council)


@policy("mentoring.keep_plan")
def may_keep_plan(actor: User, pair: Pair) -> Decision:
    """Write one's own plan for after the mentorship: the mentee, and nobody else reads it."""
    return allow_if(actor.pk == pair.mentee_person_id, _("A plan is its owner's alone."))
