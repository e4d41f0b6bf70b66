"""Employers whose staff mentor: who speaks for them, whom they invite, and who of the staff may mentor."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from allies.kit.models import Row
from councils.models import Organisation
from mentoring.models.profile import Seniority

_PERSON = settings.AUTH_USER_MODEL


class EmployerTerms(Row):
    """What an employer says of its part: who of the staff may mentor, and whether it would host an orientation."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="mentoring_terms", verbose_name=_("employer")
    )
    # Empty where every level may mentor.
    seniority = ArrayField(
        models.CharField(max_length=6, choices=Seniority.choices),
        verbose_name=_("levels that may mentor"),
        default=list,
        blank=True,
        size=3,
    )
    least_years = models.PositiveSmallIntegerField(_("years of experience at least"), default=0)
    hosting = models.CharField(_("offer to host an orientation"), max_length=500, blank=True)
    hosting_at = models.DateTimeField(_("offered"), null=True, blank=True, editable=False)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    objects = ScopedManager(council="organisation__council")

    class Meta:
        verbose_name = _("employer's rules for mentors")
        verbose_name_plural = _("employers' rules for mentors")
        constraints = [
            models.CheckConstraint(
                name="an_employer_asks_for_years_of_a_working_life", condition=Q(least_years__lte=40)
            ),
            models.CheckConstraint(
                name="an_offer_to_host_says_since_when",
                condition=Q(hosting="", hosting_at=None) | (~Q(hosting="") & Q(hosting_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Champion(Row):
    """A person who speaks for an employer in a council's mentoring, from the day of accepting until it ends."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="champions", verbose_name=_("employer"))
    person = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name=_("champion"))
    named_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name=_("named by"))
    since = models.DateTimeField(_("since"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)

    objects = ScopedManager(council="organisation__council")

    class Meta:
        verbose_name = _("employer champion")
        verbose_name_plural = _("employer champions")
        constraints = [
            models.UniqueConstraint(
                name="an_employer_has_one_champion_at_a_time", fields=["organisation"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="a_champion_ends_after_beginning", condition=Q(ended_at=None) | Q(ended_at__gte=F("since"))
            ),
        ]
        indexes = [models.Index(fields=["person", "ended_at"], name="employers_of_a_champion")]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"


class EmployerInvitation(Row):
    """An offer to an address: to speak for an employer, or to mentor as one of its staff; used once, for two weeks."""

    class Kind(models.TextChoices):
        CHAMPION = "champion", _("To speak for the employer")
        MENTOR = "mentor", _("To mentor")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="mentoring_invitations", verbose_name=_("employer")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language of the invitation"), max_length=2, choices=[("en", _("English")), ("fr", _("French"))]
    )
    word = models.CharField(_("personal word"), max_length=500, blank=True)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name=_("invited by"))
    made_at = models.DateTimeField(_("invited"), default=timezone.now)
    # The latest letter: a reminder is a new one.
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        _PERSON, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("accepted by")
    )
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = ScopedManager(council="organisation__council")

    class Meta:
        verbose_name = _("invitation of an employer")
        verbose_name_plural = _("invitations of employers")
        constraints = [
            models.CheckConstraint(
                name="an_accepted_employer_invitation_names_who_and_when",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="an_employer_invitation_ends_in_one_way", condition=Q(accepted_at=None) | Q(revoked_at=None)
            ),
            models.CheckConstraint(
                name="an_employer_invitation_expires_after_it_is_sent", condition=Q(expires_at__gt=F("sent_at"))
            ),
            models.UniqueConstraint(
                name="an_address_has_one_open_invitation_of_an_employer",
                fields=["organisation", "email", "kind"],
                condition=Q(accepted_at=None, revoked_at=None),
            ),
            models.UniqueConstraint(
                name="one_person_at_a_time_is_asked_to_be_champion",
                fields=["organisation"],
                condition=Q(kind="champion", accepted_at=None, revoked_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.organisation}"
