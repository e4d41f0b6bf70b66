"""The pages of the sign-in package: what visitors meet, and what people who are signed in find under their account."""

from typing import Any

from allauth.account.models import EmailAddress

from tests.access.matrix import PUBLIC, SIGNED_IN, Row
from tests.world import World

#                 anon strngr mentee board partner coord direct rival coach cmttee funder natnl admin
# Pages for visitors: who is signed in is led on.
ENTRANCE = "      200  302    302    302   302     302   302    302   302   302    302    302   302"
LED_ON = "        302  302    302    302   302     302   302    302   302   302    302    302   302"
# A form sent with nothing in it is shown again.
AGAIN = "         302  200    200    200   200     200   200    200   200   200    200    200   200"
NOT_THERE = "     302  404    404    404   404     404   404    404   404   404    404    404   404"
NO_POST = "       302  405    405    405   405     405   405    405   405   405    405    405   405"
# The people of the world have neither a password nor a second step: there is nothing to ask them for again.
NOTHING_TO_ASK = "302  403    403    403   403     403   403    403   403   403    403    403   403"
# The eleventh try from one address within a minute has to wait.
LIMITED = "       302  302    302    302   302     302   302    302   302   302    429    429   429"


def with_addresses(world: World) -> dict[str, Any]:
    """No arguments, but an address on record for everybody: the page notes one that is missing."""
    for person in world.people.values():
        EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"primary": True})
    return {}


def a_key(world: World) -> dict[str, Any]:
    """The arguments of a key that nobody has."""
    return {"pk": 4711}


def a_letter(world: World) -> dict[str, Any]:
    """The arguments of a link that confirms nothing."""
    return {"key": "nothing"}


def a_reset(world: World) -> dict[str, Any]:
    """The arguments of a link that resets nothing."""
    return {"uidb36": "0", "key": "nothing"}


ROWS = {
    "account_login": Row(get=ENTRANCE, post=ENTRANCE),
    "account_signup": Row(get=ENTRANCE, post=ENTRANCE),
    "account_logout": Row(get=AGAIN, post=LED_ON),
    "account_inactive": Row(get=PUBLIC),
    "account_reauthenticate": Row(get=NOTHING_TO_ASK, post=NOTHING_TO_ASK),
    "account_email": Row(get=AGAIN, post=LED_ON, args=with_addresses),
    "account_email_verification_sent": Row(get=PUBLIC),
    "account_confirm_email": Row(get=PUBLIC, post="404", args=a_letter),
    "account_change_password": Row(get=LED_ON, post=LED_ON),
    "account_set_password": Row(get=SIGNED_IN, post=AGAIN),
    "account_reset_password": Row(get=PUBLIC, post="200"),
    "account_reset_password_done": Row(get=PUBLIC),
    "account_reset_password_from_key": Row(get=PUBLIC, post="200", args=a_reset),
    "account_reset_password_from_key_done": Row(get=PUBLIC),
    "account_confirm_login_code": Row(get=LED_ON, post=LED_ON),
    "mfa_index": Row(get=SIGNED_IN),
    "mfa_authenticate": Row(get=LED_ON, post=LED_ON),
    "mfa_reauthenticate": Row(get=NOTHING_TO_ASK, post=NOTHING_TO_ASK),
    "mfa_activate_totp": Row(get=SIGNED_IN, post=AGAIN),
    "mfa_deactivate_totp": Row(get=NOT_THERE, post=NOT_THERE),
    "mfa_view_recovery_codes": Row(get=NOT_THERE, post=NO_POST),
    "mfa_generate_recovery_codes": Row(get=SIGNED_IN, post=AGAIN),
    "mfa_download_recovery_codes": Row(get=NOT_THERE),
    "mfa_list_webauthn": Row(get=SIGNED_IN),
    "mfa_add_webauthn": Row(get=SIGNED_IN, post=AGAIN),
    "mfa_reauthenticate_webauthn": Row(get=NOTHING_TO_ASK, post=NOTHING_TO_ASK),
    "mfa_edit_webauthn": Row(get=NOT_THERE, post=NOT_THERE, args=a_key),
    "mfa_remove_webauthn": Row(get=NOT_THERE, post=NOT_THERE, args=a_key),
    "mfa_login_webauthn": Row(get=LED_ON, post=LIMITED),
    "usersessions_list": Row(get=SIGNED_IN, post=LED_ON),
}
