"""The smallest valid module of a programme, and one that a pair has done."""

from datetime import date

import factory

from mentoring import models
from tests.factories import Made
from tests.factories.mentoring import PairFactory, ProgrammeFactory


class ModuleFactory(Made):
    class Meta:
        model = models.Module

    programme = factory.SubFactory(ProgrammeFactory)
    position = factory.Sequence(lambda n: n + 1)
    title_en = factory.Sequence(lambda n: f"Speak up, part {n}")
    title_fr = factory.Sequence(lambda n: f"Prendre la parole, partie {n}")
    task_en = "Play a short meeting."
    task_fr = "Jouez une courte réunion."


class ModuleDoneFactory(Made):
    class Meta:
        model = models.ModuleDone

    pair = factory.SubFactory(PairFactory, active=True)
    module = factory.LazyAttribute(lambda d: ModuleFactory(programme=d.pair.programme))
    done_on = date(2026, 3, 23)
    ticked_by = factory.LazyAttribute(lambda d: d.pair.mentee_person)
