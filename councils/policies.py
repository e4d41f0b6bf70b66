"""Who may do what in the registry, with the reason for each refusal."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit.access import ALLOW, Decision, allow_if, deny, policy
from allies.kit.scope import across
from councils.models import Council, Membership, Reflection, Story, User
from councils.roles import AT_A_COUNCIL, COUNCIL_STAFF, NATIONAL, OWN, REGISTRY_STAFF, Role
from councils.states import ReflectionState, Stage


def _alive(council: Council) -> Decision:
    return allow_if(
        council.stage not in (Stage.MERGED, Stage.CLOSED),
        _("This council has ended: its pages are kept as they were."),
    )


@policy("councils.enter")
def may_enter(actor: User, council: Council | None = None) -> Decision:
    """Read a council's workspace: anybody with a role there, and national roles."""
    if council is None:
        return allow_if(
            actor.has_role(*NATIONAL, *AT_A_COUNCIL), _("A workspace is for people with a role at a council.")
        )
    return allow_if(actor.is_national or actor.belongs_to(council), _("You have no role at this council."))


@policy("councils.edit")
def may_edit(actor: User, council: Council | None = None) -> Decision:
    """Change what a council shows: its own staff, and those who keep the registry."""
    if council is None:
        return allow_if(actor.has_role(*COUNCIL_STAFF, *REGISTRY_STAFF), _("Only a council's staff change its pages."))
    if actor.keeps_registry:
        return ALLOW
    if not actor.works_for(council):
        return deny(_("Only this council's director and coordinators change its pages."))
    return _alive(council)


@policy("councils.see_people")
def may_see_people(actor: User, council: Council) -> Decision:
    """See personal data at a council: its staff, and the registry's staff during a session with a stated reason."""
    if actor.works_for(council):
        return ALLOW
    if not actor.keeps_registry:
        return deny(_("Only this council's director and coordinators see personal data."))
    with across():
        running = actor.staff_sessions.filter(council=council, ends_at__gt=timezone.now()).exists()
    return allow_if(running, _("State your reason first: looking at personal data of a council is logged."))


@policy("councils.read_minutes")
def may_read_minutes(actor: User, council: Council) -> Decision:
    """Read who sits in a body, who came and what was decided: the council's board and staff, and who may see people."""
    if actor.has_role(Role.BOARD, council=council):
        return ALLOW
    decision = may_see_people(actor, council)
    if decision or actor.keeps_registry:
        return decision
    return deny(_("Names and minutes are for this council's staff and board members."))


@policy("councils.open_session")
def may_open_session(actor: User, council: Council | None = None) -> Decision:
    """Open a staff session."""
    return allow_if(actor.keeps_registry, _("Only national staff open a staff session."))


@policy("councils.manage_roles")
def may_manage_roles(actor: User, council: Council) -> Decision:
    """Invite people and change roles at a council: its director, and the registry's staff."""
    if actor.keeps_registry:
        return ALLOW
    if not actor.has_role(Role.DIRECTOR, council=council):
        return deny(_("Only this council's executive director invites people and changes roles."))
    return _alive(council)


@policy("network.manage_roles")
def may_manage_national_roles(actor: User, obj: object = None) -> Decision:
    """Give and end national roles."""
    return allow_if(actor.has_role(Role.ADMINISTRATOR), _("Only administrators give national roles."))


@policy("network.keep")
def may_keep_registry(actor: User, obj: object = None) -> Decision:
    """Keep the registry: lifecycle, merges, renames, figures and sources."""
    return allow_if(actor.keeps_registry, _("Only national staff keep the registry."))


@policy("network.read")
def may_read_network(actor: User, obj: object = None) -> Decision:
    """Read the state of the network: every national role."""
    return allow_if(actor.is_national, _("These pages are for people with a national role."))


@policy("network.compare")
def may_compare(actor: User, obj: object = None) -> Decision:
    """Compare the councils' reflections and readiness: national roles but funders, who read what is published."""
    return allow_if(
        actor.has_role(*(NATIONAL - {Role.FUNDER})),
        _("Reflections are shared with the network's staff, coaches and Steering Committee."),
    )


@policy("councils.write_reflection")
def may_write_reflection(actor: User, council: Council) -> Decision:
    """Write a council's yearly reflection: its own staff, for it is the council's voice."""
    if not actor.works_for(council):
        return deny(_("A reflection is the council's own voice: only its director and coordinators write it."))
    return _alive(council)


@policy("councils.file_reflection")
def may_file_reflection(actor: User, council: Council) -> Decision:
    """Hand in, take back and publish a reflection: the director, or a coordinator while there is none."""
    decision = may_write_reflection(actor, council)
    if not decision or actor.has_role(Role.DIRECTOR, council=council):
        return decision
    with across():
        led = Membership.objects.current().filter(council=council, role=Role.DIRECTOR).exists()
    return allow_if(not led, _("The executive director hands in and publishes the reflection."))


@policy("councils.read_reflection")
def may_read_reflection(actor: User, reflection: Reflection) -> Decision:
    """Read all of a reflection: its council's staff always; members and the network once it is handed in."""
    if actor.works_for(reflection.council):
        return ALLOW
    if reflection.state == ReflectionState.DRAFT:
        return deny(_("This reflection is a draft: it can be read once the council hands it in."))
    if actor.belongs_to(reflection.council):
        return ALLOW
    return may_compare(actor)


@policy("network.score_readiness")
def may_score_readiness(actor: User, obj: object = None) -> Decision:
    """Fill in a readiness checklist: national staff and coaches."""
    return allow_if(
        actor.keeps_registry or actor.has_role(Role.COACH), _("Only national staff and coaches score readiness.")
    )


@policy("councils.read_readiness")
def may_read_readiness(actor: User, council: Council) -> Decision:
    """Read a council's readiness checklists: its own staff, and those who compare councils."""
    if actor.works_for(council):
        return ALLOW
    if actor.is_national:
        return may_compare(actor)
    return deny(_("Only this council's director and coordinators read its readiness."))


@policy("councils.publish_story")
def may_publish_story(actor: User, story: Story) -> Decision:
    """Publish a story: the council's staff or the registry's, when consent is on record."""
    decision = may_edit(actor, story.council)
    if not decision:
        return decision
    return allow_if(
        story.consent_given_on and not story.consent_withdrawn_on,
        _("Record the person's consent before the story is published."),
    )


@policy("admin.open")
def may_open_administration(actor: User, obj: object = None) -> Decision:
    """Open the administration."""
    return allow_if(actor.has_role(Role.ADMINISTRATOR), _("The administration is for administrators."))


@policy("kit.parts")
def may_see_parts(actor: User, obj: object = None) -> Decision:
    """See the page of all the site's parts."""
    return allow_if(actor.needs_second_factor, _("This page is for staff."))


@policy("councils.give_role")
def may_give_role(actor: User, offer: tuple[Role, Council | None]) -> Decision:
    """Give one role at one place."""
    role, council = offer
    if role in NATIONAL:
        return may_manage_national_roles(actor)
    if council is None:
        return allow_if(role in OWN and actor.keeps_registry, _("This role is held at a council."))
    return may_manage_roles(actor, council)


@policy("councils.own_record")
def may_keep_own_record(actor: User, person: User) -> Decision:
    """Change, take along and erase one's own data, and nobody else's."""
    return allow_if(actor.pk == person.pk, _("Only the person whose data this is may do that."))


@policy("councils.count_people")
def may_count_people(actor: User, council: Council | None = None) -> Decision:
    """See how many people hold which role at a council: its staff and the registry's."""
    return allow_if(
        actor.keeps_registry or (council is not None and actor.works_for(council)),
        _("Only this council's director and coordinators see who works there."),
    )
