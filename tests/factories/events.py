"""Events that people sign up for, and those who do."""

from datetime import timedelta

import factory
from django.utils import timezone

from councils import models
from tests.factories import EventFactory, Made


class SignUpEventFactory(EventFactory):
    class Params:
        signing_up = factory.Trait(
            starts_on=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10)),
            where_en="12 Harbour Street",
            where_fr="12, rue du Havre",
            takes_signups=True,
            is_published=True,
        )
        over = factory.Trait(starts_on=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=2)))


class RegistrationFactory(Made):
    class Meta:
        model = models.Registration

    event = factory.SubFactory(SignUpEventFactory)
    name = factory.Sequence(lambda n: f"Visitor {n}")
    email = factory.Sequence(lambda n: f"visitor{n}@people.example")
    role = models.Registration.Role.NEWCOMER

    class Params:
        unnamed = factory.Trait(name="", email="")
