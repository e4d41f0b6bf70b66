"""The pages of a council's workspace."""

from tests.access.matrix import COUNCIL_ACT, COUNCIL_EDIT, COUNCIL_POST, COUNCIL_READ, Row, halifax, halifax_row

#                 anon strngr mentee board partner coord direct rival coach cmttee funder natnl admin
# A page or form of the council's own staff, not of the registry's: a reflection is the council's own voice.
OWN_EDIT = "      302  404    404    403   403     200   200    404   403   403    403    403   403"
OWN_POST = "      302  404    404    403   403     302   302    404   403   403    403    403   403"
# The reflection of the world is a draft: only the staff who write it read it.
OWN_READ = OWN_EDIT
# A coordinator writes and the director files.
FILED = "         302  404    404    403   403     403   302    404   403   403    403    403   403"
# There is no photo in the world: whoever may look for it is told so.
NO_PHOTO = "      302  404    404    404   404     404   404    404   404   404    404    404   404"
# What a page answers to the method it does not offer, where its own answers say more than the gate's.
NOT_READ = "      302  404    404    403   403     405   405    404   403   403    403    405   405"
NOT_POSTED = "    302  404    404    405   405     405   405    404   405   405    405    405   405"


def programme(method: str) -> Row:
    """One act on Halifax's programme."""
    return Row(post=method, args=halifax_row("LocalProgramme"))


def event(method: str) -> Row:
    """One act on Halifax's event."""
    return Row(post=method, args=halifax_row("Event"))


def story(method: str) -> Row:
    """One act on Halifax's story."""
    return Row(post=method, args=halifax_row("Story"))


def year(world):
    """The arguments of a page about Halifax's reflection."""
    return {"council": world.halifax.slug_en, "year": world.things["Reflection"].year}


ROWS = {
    "councils:workspace-home": Row(get=COUNCIL_READ, args=halifax),
    "councils:change-list": Row(get=COUNCIL_EDIT, args=halifax),
    "councils:profile-edit": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax),
    "councils:profile-preview": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax),
    "councils:profile-publish": Row(post=COUNCIL_ACT, args=halifax),
    "councils:profile-unpublish": Row(post=COUNCIL_ACT, args=halifax),
    "councils:translation-list": Row(get=COUNCIL_READ, args=halifax),
    "councils:translation-check": Row(
        post=COUNCIL_ACT, args=halifax, data=lambda world: {"kind": "profile", "text": "summary"}
    ),
    "councils:programme-list": Row(get=COUNCIL_READ, args=halifax),
    "councils:programme-add": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax),
    "councils:programme-show": Row(get=COUNCIL_READ, args=halifax_row("LocalProgramme")),
    "councils:programme-edit": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax_row("LocalProgramme")),
    "councils:programme-publish": programme(COUNCIL_ACT),
    "councils:programme-unpublish": programme(COUNCIL_ACT),
    "councils:programme-end": programme(COUNCIL_POST),
    "councils:programme-delete": programme(COUNCIL_ACT),
    "councils:workspace-event-list": Row(get=COUNCIL_READ, args=halifax),
    "councils:workspace-event-add": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax),
    "councils:workspace-event-show": Row(get=COUNCIL_READ, args=halifax_row("Event")),
    "councils:workspace-event-edit": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax_row("Event")),
    "councils:workspace-event-publish": event(COUNCIL_ACT),
    "councils:workspace-event-unpublish": event(COUNCIL_ACT),
    "councils:workspace-event-delete": event(COUNCIL_ACT),
    "councils:workspace-story-list": Row(get=COUNCIL_READ, args=halifax),
    "councils:workspace-story-add": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax),
    "councils:workspace-story-show": Row(get=COUNCIL_READ, args=halifax_row("Story")),
    # The world's story is public: its form leads back to it.
    "councils:workspace-story-edit": Row(get=COUNCIL_ACT, post=COUNCIL_POST, args=halifax_row("Story")),
    "councils:workspace-story-photo": Row(get=NO_PHOTO, post=NOT_POSTED, args=halifax_row("Story")),
    "councils:workspace-story-photo-add": story(COUNCIL_POST),
    "councils:workspace-story-photo-remove": story(COUNCIL_ACT),
    "councils:workspace-story-consent": story(COUNCIL_POST),
    "councils:workspace-story-submit": story(COUNCIL_ACT),
    "councils:workspace-story-take-back": story(COUNCIL_ACT),
    "councils:workspace-story-publish": story(COUNCIL_ACT),
    "councils:workspace-story-withdraw": story(COUNCIL_ACT),
    "councils:reflection-list": Row(get=COUNCIL_READ, args=halifax),
    "councils:reflection-show": Row(get=OWN_READ, post=NOT_POSTED, args=year),
    "councils:reflection-edit": Row(get=OWN_EDIT, post=OWN_POST, args=year),
    "councils:reflection-submit": Row(get=NOT_READ, post=FILED, args=year),
    "councils:reflection-reopen": Row(get=NOT_READ, post=FILED, args=year),
    "councils:reflection-publish": Row(get=NOT_READ, post=FILED, args=year),
}
