"""The smallest valid thing of each kind; made across all councils, so that a test chooses its own scope."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from allies.kit.scope import across
from councils import models
from councils.roles import Role
from councils.states import Stage, StoryState


class Made(DjangoModelFactory):
    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with across():
            return super()._create(model_class, *args, **kwargs)


class UserFactory(Made):
    class Meta:
        model = models.User

    email = factory.Sequence(lambda n: f"person{n}@people.example")
    name = factory.Sequence(lambda n: f"Person {n}")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        return model_class.objects.create_user(**kwargs)


class ProvinceFactory(Made):
    class Meta:
        model = models.Province
        django_get_or_create = ("code",)

    code = "NS"
    iso = factory.LazyAttribute(lambda p: f"CA-{p.code}")
    sgc = factory.Sequence(lambda n: f"{n % 100:02}")
    name_en = "Nova Scotia"
    name_fr = "Nouvelle-Écosse"


class PlaceFactory(Made):
    class Meta:
        model = models.Place
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"place-{n}")
    name_en = factory.LazyAttribute(lambda p: p.code.title())
    name_fr = factory.LazyAttribute(lambda p: p.name_en)
    province = factory.SubFactory(ProvinceFactory)
    timezone = "America/Halifax"
    latitude = 44.65
    longitude = -63.58


class SectorFactory(Made):
    class Meta:
        model = models.Sector
        django_get_or_create = ("code",)

    code = "52"
    title_en = "Finance and insurance"
    title_fr = "Finance et assurances"


class OccupationFactory(Made):
    class Meta:
        model = models.Occupation
        django_get_or_create = ("code",)

    code = "21231"
    title_en = "Software engineers and designers"
    title_fr = "Ingénieurs et concepteurs en logiciel"
    group = factory.SubFactory("tests.factories.OccupationGroupFactory")
    teer = factory.SubFactory("tests.factories.TeerFactory")


class OccupationGroupFactory(Made):
    class Meta:
        model = models.OccupationGroup
        django_get_or_create = ("code",)

    code = "2"
    title_en = "Natural and applied sciences"
    title_fr = "Sciences naturelles et appliquées"


class TeerFactory(Made):
    class Meta:
        model = models.Teer
        django_get_or_create = ("code",)

    code = 1
    title_en = "A university degree"
    title_fr = "Un diplôme universitaire"


class CouncilFactory(Made):
    class Meta:
        model = models.Council

    slug_en = factory.Sequence(lambda n: f"council-{n}")
    slug_fr = factory.LazyAttribute(lambda c: f"{c.slug_en}-fr")
    name_en = factory.LazyAttribute(lambda c: f"{c.slug_en.title()} Council")
    name_fr = factory.LazyAttribute(lambda c: f"Conseil de {c.slug_en.title()}")
    place = factory.SubFactory(PlaceFactory)
    province = factory.LazyAttribute(lambda c: c.place.province)
    summary_en = "Brings employers and newcomers together."
    summary_fr = "Réunit les employeurs et les personnes nouvellement arrivées."
    stage = Stage.OPERATING
    is_published = True


class MembershipFactory(Made):
    class Meta:
        model = models.Membership

    person = factory.SubFactory(UserFactory)
    council = factory.SubFactory(CouncilFactory)
    role = Role.COORDINATOR
    starts_on = date(2020, 1, 1)


class ConsentFactory(Made):
    class Meta:
        model = models.Consent

    person = factory.SubFactory(UserFactory)
    purpose = models.Consent.Purpose.PUBLIC_CONTACT
    wording = "1"
    language = "en"


class InvitationFactory(Made):
    class Meta:
        model = models.Invitation

    council = factory.SubFactory(CouncilFactory)
    email = factory.Sequence(lambda n: f"invited{n}@people.example")
    role = Role.COORDINATOR
    language = "en"
    token_digest = factory.Sequence(lambda n: f"{n:064x}")
    invited_by = factory.SubFactory(UserFactory)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class OrganisationFactory(Made):
    class Meta:
        model = models.Organisation

    council = factory.SubFactory(CouncilFactory)
    name_en = factory.Sequence(lambda n: f"Organisation {n}")
    name_fr = factory.LazyAttribute(lambda o: o.name_en)
    group = models.StakeholderGroup.EMPLOYER


class BodyFactory(Made):
    class Meta:
        model = models.Body

    council = factory.SubFactory(CouncilFactory)
    kind = models.Body.Kind.BOARD
    name_en = factory.Sequence(lambda n: f"Board {n}")
    name_fr = factory.LazyAttribute(lambda b: f"Conseil d'administration {b.name_en[6:]}")
    purpose_en = "Governs the council."
    purpose_fr = "Gouverne le conseil."


class SeatFactory(Made):
    class Meta:
        model = models.Seat

    body = factory.SubFactory(BodyFactory)
    name = factory.Sequence(lambda n: f"Seat holder {n}")
    starts_on = date(2020, 1, 1)


class MeetingFactory(Made):
    class Meta:
        model = models.Meeting

    body = factory.SubFactory(BodyFactory)
    starts_at = factory.Sequence(lambda n: datetime(2020, 1, 6, 13, tzinfo=UTC) + timedelta(hours=3 * n))
    ends_at = factory.LazyAttribute(lambda m: m.starts_at + timedelta(hours=2))


class AttendanceFactory(Made):
    class Meta:
        model = models.Attendance

    meeting = factory.SubFactory(MeetingFactory)
    seat = factory.LazyAttribute(lambda a: SeatFactory(body=a.meeting.body))
    answer = models.Attendance.Answer.PRESENT


class LocalProgrammeFactory(Made):
    class Meta:
        model = models.LocalProgramme

    council = factory.SubFactory(CouncilFactory)
    kind = models.LocalProgramme.Kind.MENTORING
    name_en = factory.Sequence(lambda n: f"Mentoring {n}")
    name_fr = factory.LazyAttribute(lambda p: p.name_en.replace("Mentoring", "Mentorat"))
    summary_en = "One to one, for four months."
    summary_fr = "À deux, pendant quatre mois."


class ReflectionFactory(Made):
    class Meta:
        model = models.Reflection

    council = factory.SubFactory(CouncilFactory)
    year = factory.Sequence(lambda n: 2001 + n % 90)


class StoryFactory(Made):
    class Meta:
        model = models.Story

    council = factory.SubFactory(CouncilFactory)
    title_en = factory.Sequence(lambda n: f"Story {n}")
    title_fr = factory.LazyAttribute(lambda s: s.title_en.replace("Story", "Récit"))
    body_en = "A match led to a job."
    body_fr = "Un jumelage a mené à un emploi."
    subject = factory.Sequence(lambda n: f"Subject {n}")

    class Params:
        published = factory.Trait(
            state=StoryState.PUBLISHED,
            published_at=factory.LazyFunction(timezone.now),
            consent_given_on=date(2026, 1, 1),
            consent_recorded_by=factory.SubFactory(UserFactory),
        )


class EventFactory(Made):
    class Meta:
        model = models.Event

    council = factory.SubFactory(CouncilFactory)
    kind = models.Event.Kind.WORKSHOP
    title_en = factory.Sequence(lambda n: f"Workshop {n}")
    title_fr = factory.LazyAttribute(lambda e: e.title_en.replace("Workshop", "Atelier"))
    summary_en = "Practise interviews."
    summary_fr = "S'exercer aux entrevues."
    starts_on = date(2026, 3, 1)


class ReadinessFactory(Made):
    class Meta:
        model = models.Readiness

    council = factory.SubFactory(CouncilFactory)
    on = factory.Sequence(lambda n: date(2020, 1, 1) + timedelta(days=n % 2000))
    by = factory.SubFactory(UserFactory)
    catalyst = convener = champion = demand = local_government = local_agencies = 2


class SourceFactory(Made):
    class Meta:
        model = models.Source

    key = factory.Sequence(lambda n: f"source-{n}")
    title_en = factory.LazyAttribute(lambda s: f"Report {s.key}")
    title_fr = factory.LazyAttribute(lambda s: f"Rapport {s.key}")


class FactFactory(Made):
    class Meta:
        model = models.Fact

    key = factory.Sequence(lambda n: f"fact-{n}")
    label_en = factory.LazyAttribute(lambda f: f"People counted in {f.key}")
    label_fr = factory.LazyAttribute(lambda f: f"Personnes comptées dans {f.key}")


class FactValueFactory(Made):
    class Meta:
        model = models.FactValue

    fact = factory.SubFactory(FactFactory)
    source = factory.SubFactory(SourceFactory)
    text_en = factory.Sequence(lambda n: f"{n + 1:,}")
    text_fr = factory.LazyAttribute(lambda v: v.text_en.replace(",", "\u00a0"))
