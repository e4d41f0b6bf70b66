"""What the registry keeps about people: purpose, how long, and how it is erased."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit.privacy import Blank, DeleteRow, Keep, Personal, Replace, months, not_personal, personal, when_erased
from councils import privacy_of_facts  # noqa: F401  (the tables without personal data)
from councils.models import (
    Attendance,
    Consent,
    Invitation,
    Meeting,
    Membership,
    Organisation,
    Reflection,
    Registration,
    Seat,
    StaffSession,
    Story,
    User,
)

ERASED_ADDRESS = "erased-{id}@erased.invalid"

_WITH_THE_ACCOUNT = _("As long as your account is open.")
_WITH_THE_MINUTES = _("As long as the council keeps its minutes.")
_MINUTES = _("A council's minutes say who took part; they have to stay as they were.")
_WHO_HELD_IT = _("The network's history says when each role was held; it no longer names you.")
_OPENED = _("Shows who looked at personal data, when and why.")

personal(
    User,
    {
        "email": Personal(
            purpose=_("To sign you in and to write to you."), keep=_WITH_THE_ACCOUNT, erase=Replace(ERASED_ADDRESS)
        ),
        "name": Personal(purpose=_("So that the people you work with know who you are."), keep=_WITH_THE_ACCOUNT),
        "phone": Personal(purpose=_("So that your council can reach you."), keep=_WITH_THE_ACCOUNT),
        "language": Personal(
            purpose=_("To write to you in your language."), keep=_WITH_THE_ACCOUNT, erase=Replace("en")
        ),
        "last_login": Personal(purpose=_("To notice accounts that nobody uses."), keep=_WITH_THE_ACCOUNT),
        "joined_at": Personal(
            purpose=_("To know since when the account is open."),
            keep=_("As long as the portal runs."),
            erase=Keep(_("The record of who did what refers to the account, which no longer names you.")),
        ),
    },
    owner="self",
)
# A password is kept as a one-way digest: of no use in an export. The hook below makes it unusable.
not_personal(User, ["password", "erased_at"])

personal(
    EmailAddress,
    {"email": Personal(purpose=_("To sign you in and to write to you."), keep=_WITH_THE_ACCOUNT, erase=DeleteRow())},
    owner="user",
)
# The secrets themselves go with their row, but never into an export.
personal(
    Authenticator,
    {
        name: Personal(
            purpose=_("To ask you for a second step at sign-in."),
            keep=_("Until you remove the second step."),
            erase=DeleteRow(),
        )
        for name in ("type", "created_at", "last_used_at")
    },
    owner="user",
)
personal(
    UserSession,
    {
        name: Personal(
            purpose=_("To show you where you are signed in."),
            keep=months(1, after="last_seen_at"),
            erase=DeleteRow(),
        )
        for name in ("ip", "user_agent", "created_at", "last_seen_at")
    },
    owner="user",
)

personal(
    Membership,
    {
        # First, because a person shown in public has to have a title.
        "is_public": Personal(purpose=_("To know whether the public sees you."), keep=_WITH_THE_ACCOUNT, erase=Blank()),
        "title_en": Personal(purpose=_("To say what you do at the council."), keep=_WITH_THE_ACCOUNT),
        "title_fr": Personal(purpose=_("To say what you do at the council."), keep=_WITH_THE_ACCOUNT),
        **{
            name: Personal(
                purpose=_("To know who may do what, and when."),
                keep=_("As long as the portal runs."),
                erase=Keep(_WHO_HELD_IT),
            )
            for name in ("role", "starts_on", "ends_on")
        },
    },
    owner="person",
)
personal(
    Invitation,
    {
        "email": Personal(
            purpose=_("To offer a role to the right person."),
            keep=months(12, after="expires_at"),
            erase=Replace(ERASED_ADDRESS),
        ),
        **{
            name: Personal(purpose=_("To say what you will do at the council."), keep=months(12, after="expires_at"))
            for name in ("title_en", "title_fr")
        },
    },
    owner="accepted_by",
)
not_personal(
    Invitation, ["role", "language", "until", "token_digest", "created_at", "expires_at", "accepted_at", "revoked_at"]
)
personal(
    Consent,
    {
        name: Personal(
            purpose=_("Shows what you agreed to, in which words and until when."),
            keep=_("As long as the portal runs."),
            erase=Keep(_("Shows that we had your consent while we used it.")),
        )
        for name in ("purpose", "wording", "language", "given_at", "withdrawn_at")
    },
    owner="person",
)
personal(
    StaffSession,
    {
        name: Personal(purpose=_OPENED, keep=_("As long as the portal runs."), erase=Keep(_OPENED))
        for name in ("reason", "starts_at", "ends_at")
    },
    owner="person",
)

personal(
    Organisation,
    {
        name: Personal(
            purpose=_("So that the council's staff can reach the organisation."), keep=months(24, after="left_on")
        )
        for name in ("contact_name", "contact_email")
    },
    owner="",
)
not_personal(
    Organisation,
    ["name_en", "name_fr", "group", "website", "focus", "about_en", "about_fr", "joined_on", "left_on", "note"],
)
personal(
    Seat,
    {
        **{
            name: Personal(
                purpose=_("To know who sits in a body of the council."), keep=_WITH_THE_MINUTES, erase=Keep(_MINUTES)
            )
            for name in ("name", "part", "starts_on", "ends_on")
        },
        "email": Personal(purpose=_("To call the holder of a seat to meetings."), keep=months(24, after="ends_on")),
    },
    owner="person",
)
personal(
    Attendance,
    {
        "answer": Personal(
            purpose=_("To know who took part in a meeting."), keep=_WITH_THE_MINUTES, erase=Keep(_MINUTES)
        )
    },
    owner="seat__person",
)
personal(
    Meeting,
    {
        name: Personal(
            purpose=_("To keep what was decided, and by whom."), keep=_WITH_THE_MINUTES, erase=Keep(_MINUTES)
        )
        for name in ("minutes_en", "minutes_fr")
    },
    owner="",
)
not_personal(
    Meeting,
    [
        *("starts_at", "ends_at", "place_en", "place_fr", "online_url", "agenda_en", "agenda_fr"),
        *("minutes_approved_on", "cancelled_at", "changed_at"),
    ],
)

_WHO_CAME = _("The council counts who came, as what; a year after the event the count names nobody.")
personal(
    Registration,
    {
        **{
            name: Personal(
                purpose=_("To expect you at an event and to write to you about it."),
                keep=months(12, after="event__starts_on"),
                erase=erasing,
            )
            for name, erasing in (
                *(("person", Blank()), ("name", Blank()), ("email", Blank()), ("organisation", Blank())),
                ("language", Replace("en")),
            )
        },
        **{
            name: Personal(
                purpose=_("To know how many came to an event, and as what."),
                keep=_("As long as the event is on record."),
                erase=Keep(_WHO_CAME),
            )
            for name in ("role", "state", "signed_up_at", "withdrawn_at", "recorded_at")
        },
    },
    owner="person",
)

_STORY_KEPT = _("Until the person withdraws the consent.")
_STORY_TAKEN_DOWN = _("The council takes the story down when the consent is withdrawn.")
personal(
    Story,
    {
        name: Personal(
            purpose=_("To tell the story of a person who agreed to it."),
            keep=_STORY_KEPT,
            erase=Keep(_STORY_TAKEN_DOWN),
        )
        for name in (
            *("title_en", "title_fr", "body_en", "body_fr", "photo_alt_en", "photo_alt_fr", "subject"),
            *("consent_given_on", "consent_withdrawn_on"),
        )
    },
    owner="",
)
not_personal(Story, ["state", "published_at", "changed_at"])
personal(
    Reflection,
    {
        name: Personal(
            purpose=_("To share with the network what one person's way shows."),
            keep=_("As long as the reflection."),
            erase=Keep(_("The council writes it without names.")),
        )
        for name in ("favourite_story_en", "favourite_story_fr")
    },
    owner="",
)
not_personal(
    Reflection,
    [
        *(f"{question}_{language}" for question in Reflection.QUESTIONS[:-1] for language in ("en", "fr")),
        *("state", "submitted_at", "changed_at"),
    ],
)


@when_erased
def close_the_account(user: Any) -> None:
    """Let nobody sign in to an erased account, and end what its owner agreed to."""
    now = timezone.now()
    user.set_unusable_password()
    User.objects.filter(pk=user.pk).update(is_active=False, erased_at=now, password=user.password)
    Consent.objects.filter(person=user.pk, withdrawn_at=None).update(withdrawn_at=now)


@when_erased
def forget_registrations_of_the_address(user: Any) -> None:
    """Erase also where the person signed up for an event by an address of theirs, without the account."""
    addresses = {user.email.lower(), *(row.email.lower() for row in EmailAddress.objects.filter(user=user))}
    known = Registration.objects.annotate(address=Lower("email")).filter(address__in=addresses)
    known.update(person=None, name="", email="", organisation="", language="en")
