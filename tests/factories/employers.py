"""The smallest valid champion, invitation, rules and thanks."""

from datetime import timedelta

import factory
from django.utils import timezone

from mentoring import models
from tests.factories import Made, OrganisationFactory, UserFactory
from tests.factories.mentoring import MentorFactory


class EmployerTermsFactory(Made):
    class Meta:
        model = models.EmployerTerms

    organisation = factory.SubFactory(OrganisationFactory)


class ChampionFactory(Made):
    class Meta:
        model = models.Champion

    organisation = factory.SubFactory(OrganisationFactory)
    person = factory.SubFactory(UserFactory)
    named_by = factory.SubFactory(UserFactory)


class EmployerInvitationFactory(Made):
    class Meta:
        model = models.EmployerInvitation

    organisation = factory.SubFactory(OrganisationFactory)
    kind = models.EmployerInvitation.Kind.MENTOR
    email = factory.Sequence(lambda n: f"colleague{n}@people.example")
    language = "en"
    token_digest = factory.Sequence(lambda n: f"{n:064x}")
    invited_by = factory.SubFactory(UserFactory)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class ThanksFactory(Made):
    class Meta:
        model = models.Thanks

    mentor = factory.SubFactory(MentorFactory, available=True)
    year = 2025
    minutes = 1440
    people = 2
