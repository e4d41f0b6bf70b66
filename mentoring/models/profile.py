"""What mentees and mentors both say of themselves, and pairs are made of."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Mode(models.TextChoices):
    """Where two people meet."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    EITHER = "either", _("Either way")


class Seniority(models.TextChoices):
    """At what level of their profession a mentor works, in the three steps by which employers choose."""

    JUNIOR = "junior", pgettext_lazy("level", "Junior")
    MIDDLE = "middle", pgettext_lazy("level", "Middle")
    UPPER = "upper", pgettext_lazy("level", "Upper")


class Goal(models.TextChoices):
    """What a mentee works on with a mentor."""

    NETWORK = "network", _("Get to know people in my profession")
    JOB_SEARCH = "job_search", _("Find out how people are hired here")
    RESUME = "resume", _("Improve my CV and cover letters")
    INTERVIEW = "interview", _("Prepare for interviews")
    WORKPLACE = "workplace", _("Understand the Canadian workplace")
    LANGUAGE = "language", _("Learn the language of my profession")
    LICENCE = "licence", _("Get a licence or a certificate")
    SKILLS = "skills", _("Close a gap in my skills")
    SECTOR = "sector", _("Learn about the sector and the local employers")
    BUSINESS = "business", _("Start a business")


class Slot(models.TextChoices):
    """When somebody can meet."""

    WEEKDAY_MORNING = "weekday_morning", _("Weekday mornings")
    WEEKDAY_NOON = "weekday_noon", _("Weekdays at noon")
    WEEKDAY_AFTERNOON = "weekday_afternoon", _("Weekday afternoons")
    WEEKDAY_EVENING = "weekday_evening", _("Weekday evenings")
    SATURDAY = "saturday", _("Saturdays")
    SUNDAY = "sunday", _("Sundays")


def languages_field() -> "models.JSONField[Any, Any]":
    """Languages with a level from 1 to 12 (CLB or NCLC; 12 for a first language): {"en": 8, "fr": 5}."""
    return models.JSONField(_("languages"), default=dict, blank=True)


def goals_field() -> "ArrayField[Any, Any]":
    """What somebody wants to work on, or can help with."""
    return ArrayField(
        models.CharField(max_length=12, choices=Goal.choices),
        verbose_name=_("goals"),
        default=list,
        blank=True,
        size=10,
    )


def availability_field() -> "ArrayField[Any, Any]":
    """When somebody can meet."""
    return ArrayField(
        models.CharField(max_length=18, choices=Slot.choices),
        verbose_name=_("availability"),
        default=list,
        blank=True,
        size=6,
    )
