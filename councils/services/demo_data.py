"""Load invented people and their work, so that a demonstration shows a living council; only in a demonstration."""

import hashlib
import tomllib
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from allies.kit import audit
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.consents import CURRENT
from councils.models import (
    Attendance,
    Body,
    Consent,
    Council,
    Event,
    Invitation,
    Meeting,
    Membership,
    Organisation,
    Readiness,
    Reflection,
    Seat,
    Story,
    User,
)
from councils.services.demo_events import load_event_with_people, load_symposium
from councils.services.network_data import council_id
from councils.states import StoryState

FILE = Path(settings.BASE_DIR) / "councils" / "data" / "demo.toml"
NAMESPACE = UUID("0d6f6f0e-9a53-4a6e-8f0c-7d0b8f6a2e11")
PASSWORD = "allies-demo"  # noqa: S105 - public by design: the demonstration prints it
ANSWERS = (Attendance.Answer.PRESENT, Attendance.Answer.REGRETS, Attendance.Answer.ABSENT)
COUNCILS = ("halifax", "calgary", "charlottetown", "saskatoon")
INVITATION_LASTS = timedelta(days=14)
DONE_TO_A_STORY = {StoryState.DRAFT: "written", StoryState.SUBMITTED: "submitted", StoryState.PUBLISHED: "published"}
Told = tuple[str, User]


def load_demo() -> Counter[str]:
    """Load the demonstration's people and their work; what is there already stays. Gives counts by outcome."""
    if not settings.ALLIES_DEMO:
        raise Refused(_("These accounts have a public password: set ALLIES_DEMO=1, and never on a real portal."))
    with across(), transaction.atomic():
        demo = Demo(tomllib.loads(FILE.read_text(encoding="utf-8")))
        demo.load()
        if demo.count["created"]:
            audit.record("network.load_demo", by=None)
        return demo.count


class Demo:
    """One run over the demonstration's file."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content
        self.today = timezone.localdate()
        self.count: Counter[str] = Counter(created=0, left=0)
        # Found by what the network's files call them, so that a council whose address people changed is found too.
        here = Council.objects.in_bulk([council_id(name) for name in COUNCILS])
        if len(here) < len(COUNCILS):
            raise Refused(_("Load the network first: manage.py load_reference, then manage.py load_network."))
        self.councils = {name: here[council_id(name)] for name in COUNCILS}

    def load(self) -> None:
        """Load everything, people first."""
        for entry in self.content["people"]:
            self.person(entry)
        self.people = {user.email: user for user in User.objects.filter(email__endswith="@demo.example")}
        for entry in self.content["organisations"]:
            self.organisation(entry)
        for entry in self.content["bodies"]:
            self.body(entry)
        for kind, load in (
            ("invitations", self.invitation),
            ("stories", self.story),
            ("reflections", self.reflection),
            ("readiness", self.readiness),
            ("events", self.event),
        ):
            for entry in self.content[kind]:
                load(entry)
        for entry in self.content["events_with_people"]:
            on = self.today + timedelta(days=entry["on"])
            load_event_with_people(entry, council=self.councils[entry["council"]], day=on, keep=self.keep)
        self.count["created"] += load_symposium(NAMESPACE)

    def day(self, offset: int | None) -> date | None:
        """The day so many days from today."""
        return None if offset is None else self.today + timedelta(days=offset)

    def keep(self, model: type[models.Model], mark: str, *, told: Told | None = None, **values: Any) -> Any:
        """Create a row that is missing, and tell the trail who did what; one that is there stays as people left it."""
        pk = uuid5(NAMESPACE, f"{model._meta.model_name}/{mark}")
        row = model._default_manager.filter(pk=pk).first()
        if row is not None:
            self.count["left"] += 1
            return row
        row = model(pk=pk, **values)
        row.full_clean(exclude=["password"] if isinstance(row, User) else None)
        row.save()
        self.count["created"] += 1
        if told:
            audit.record(told[0], row, by=told[1], council=values["council"])
        return row

    def person(self, entry: dict[str, Any]) -> None:
        """Load a person with roles; an account can sign in, with an address that counts as verified."""
        email = entry["email"]
        before = self.count["created"]
        user: User = self.keep(User, email, email=email, name=entry["name"], language=entry["language"])
        if self.count["created"] > before:
            user.set_password(PASSWORD if entry.get("account") else None)
            user.save(update_fields=["password"])
        EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
        for role in entry["roles"]:
            self.keep(
                Membership,
                f"{email}/{role['role']}/{role.get('council', '')}",
                person=user,
                role=role["role"],
                council=self.councils.get(role.get("council")),
                title_en=role.get("title_en", ""),
                title_fr=role.get("title_fr", ""),
                is_public=role.get("public", False),
                starts_on=self.day(role["since"]),
                ends_on=self.day(role.get("until")),
            )
        if entry.get("contact"):
            purpose = Consent.Purpose.PUBLIC_CONTACT
            wording = {"wording": CURRENT[purpose], "language": user.language}
            self.keep(Consent, f"{email}/{purpose}", told=None, person=user, purpose=purpose, **wording)

    def organisation(self, entry: dict[str, Any]) -> None:
        """Load an organisation at a council's table."""
        self.keep(
            Organisation,
            f"{entry['council']}/{entry['name_en']}",
            council=self.councils[entry["council"]],
            name_en=entry["name_en"],
            name_fr=entry.get("name_fr", entry["name_en"]),
            group=entry["group"],
            sector_id=entry.get("sector"),
            joined_on=self.day(entry["since"]),
            is_public=entry.get("public", False),
            **{name: entry.get(name, "") for name in ("focus", "about_en", "about_fr")},
        )

    def body(self, entry: dict[str, Any]) -> None:
        """Load a body with its seats and meetings; a body of the real network is taken as it is."""
        council = self.councils[entry["council"]]
        body = Body.objects.filter(council=council, name_en=entry["name_en"]).first()
        if body is None:
            names = ("kind", "name_en", "name_fr", "purpose_en", "purpose_fr", "cadence")
            values = {name: entry[name] for name in names}
            mark = f"{entry['council']}/{entry['name_en']}"
            body = self.keep(Body, mark, council=council, sector_id=entry.get("sector"), is_published=True, **values)
        organisations = {o.name_en: o for o in Organisation.objects.filter(council=council)}
        seats = [
            self.keep(
                Seat,
                f"{body.pk}/{number}",
                body=body,
                person=self.people.get(seat.get("person", "")),
                name=seat.get("name", ""),
                organisation=organisations.get(seat["organisation"]),
                part=seat.get("part", Seat.Part.MEMBER),
                starts_on=self.day(seat["since"]),
                ends_on=self.day(seat.get("until")),
            )
            for number, seat in enumerate(entry["seats"])
        ]
        for number in range(-entry["past"], entry["ahead"]):
            self.meeting(body, entry, number, seats)

    def meeting(self, body: Body, entry: dict[str, Any], number: int, seats: list[Seat]) -> None:
        """Load one meeting: minutes and attendance for those in the past, an agenda for the next one."""
        # The same months and faces in each demonstration: chance is seeded by the body and the meeting.
        chance = Random(f"{body.name_en}/{number}")  # noqa: S311 - no secret
        text = self.content["minutes"][number % len(self.content["minutes"])]
        day = self.today + timedelta(days=entry["every"] * number + entry["every"] // 2)
        zone = ZoneInfo(body.council.place.timezone)
        starts_at = datetime.combine(day, time(entry["hour"], 30), zone)
        is_past = number < 0
        meeting = self.keep(
            Meeting,
            f"{body.pk}/{number}",
            body=body,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=90),
            place_en=entry["place_en"],
            place_fr=entry["place_fr"],
            agenda_en=text["agenda_en"] if number <= 0 else "",
            agenda_fr=text["agenda_fr"] if number <= 0 else "",
            minutes_en=text["en"].strip() if is_past else "",
            minutes_fr=text["fr"].strip() if is_past else "",
            # The newest minutes still wait for approval at the next meeting.
            minutes_approved_on=day + timedelta(days=entry["every"]) if number < -1 else None,
        )
        for seat in seats if is_past else ():
            if seat.starts_on <= day and (seat.ends_on is None or seat.ends_on > day):
                answer = chance.choices(ANSWERS, weights=(7, 2, 1))[0]
                self.keep(Attendance, f"{meeting.pk}/{seat.pk}", meeting=meeting, seat=seat, answer=answer)

    def invitation(self, entry: dict[str, Any]) -> None:
        """Load an invitation that waits; its letter was never sent, so nothing opens it."""
        sent = timezone.now() + timedelta(days=entry["sent"])
        self.keep(
            Invitation,
            entry["email"],
            council=self.councils[entry["council"]],
            email=entry["email"],
            role=entry["role"],
            language=entry["language"],
            title_en=entry["title_en"],
            title_fr=entry["title_fr"],
            token_digest=hashlib.sha256(entry["email"].encode()).hexdigest(),
            invited_by=self.people[entry["by"]],
            created_at=sent,
            expires_at=sent + INVITATION_LASTS,
        )

    def story(self, entry: dict[str, Any]) -> None:
        """Load a story, with consent on record where the file has it."""
        by = self.people[entry["by"]]
        consented = self.day(entry.get("consent"))
        texts = {name: entry[name] for name in ("title_en", "title_fr", "body_en", "body_fr", "subject", "state")}
        is_published = entry["state"] == StoryState.PUBLISHED
        self.keep(
            Story,
            f"{entry['council']}/{entry['title_en']}",
            told=(f"councils.story_{DONE_TO_A_STORY[entry['state']]}", by),
            council=self.councils[entry["council"]],
            told_by=by,
            consent_given_on=consented,
            consent_recorded_by=by if consented else None,
            published_at=timezone.now() + timedelta(days=entry["published"]) if is_published else None,
            **texts,
        )

    def reflection(self, entry: dict[str, Any]) -> None:
        """Load this year's reflection of a council, not yet published."""
        council = self.councils[entry.pop("council")]
        year = self.today.year
        submitted = timezone.now() - timedelta(days=6) if entry["state"] == "submitted" else None
        if not Reflection.objects.filter(council=council, year=year).exists():
            self.keep(Reflection, f"{council.pk}", council=council, year=year, submitted_at=submitted, **entry)

    def readiness(self, entry: dict[str, Any]) -> None:
        """Load a readiness checklist."""
        self.keep(
            Readiness,
            f"{entry['council']}/{entry['on']}",
            told=("councils.readiness_scored", self.people[entry["by"]]),
            council=self.councils[entry["council"]],
            by=self.people[entry["by"]],
            on=self.day(entry["on"]),
            note=entry["note"],
            **entry["scores"],
        )

    def event(self, entry: dict[str, Any]) -> None:
        """Load an event to come."""
        texts = {name: entry[name] for name in ("kind", "title_en", "title_fr", "summary_en", "summary_fr")}
        coordinator = self.people.get(f"coordinator.{entry.get('council', '')}@demo.example")
        self.keep(
            Event,
            entry["title_en"],
            told=("councils.event_published", coordinator) if coordinator else None,
            council=self.councils.get(entry.get("council", "")),
            place_id=entry["place"],
            starts_on=self.day(entry["on"]),
            ends_on=self.day(entry.get("until")),
            is_published=True,
            **texts,
        )
