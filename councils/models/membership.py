"""Memberships: who holds which role, where and for how long; and invitations to a role."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from allies.kit.bilingual import Bilingual, both
from allies.kit.models import Row
from councils.models.council import Council
from councils.models.person import User
from councils.roles import AT_A_COUNCIL, COUNCIL_STAFF, NATIONAL, Role


class TermRange(Func):
    """The range of days of a term, from its first day up to, not including, its end."""

    function = "daterange"
    output_field = DateRangeField()


TERM = TermRange("starts_on", "ends_on", RangeBoundary())


class TermQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Questions about terms of office."""

    def current(self, on: date | None = None) -> "TermQuerySet":
        """Those that run on the day, today if none is given."""
        day = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)

    def staff(self) -> "TermQuerySet":
        """Those of a council's staff."""
        return self.filter(role__in=COUNCIL_STAFF)


class Membership(Row):
    """A person's role from a day on, at a council or in the network; the end day is the first without the role."""

    person = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    council = models.ForeignKey(
        Council, models.PROTECT, related_name="memberships", null=True, blank=True, verbose_name=_("council")
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    title_en = models.CharField(_("job title in English"), max_length=120, blank=True)
    title_fr = models.CharField(_("job title in French"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    is_founder = models.BooleanField(_("founding member"), default=False)
    is_public = models.BooleanField(_("shown on the council's page"), default=False)
    title = Bilingual("title")

    objects = ScopedManager(council="council", _manager_class=models.Manager.from_queryset(TermQuerySet))

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                name="a_term_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="council_roles_are_held_at_a_council",
                condition=~Q(role__in=sorted(AT_A_COUNCIL)) | Q(council__isnull=False),
            ),
            models.CheckConstraint(
                name="national_roles_are_held_at_no_council",
                condition=~Q(role__in=sorted(NATIONAL)) | Q(council=None),
            ),
            models.CheckConstraint(
                name="a_person_shown_in_public_has_a_title_in_both_languages",
                condition=Q(is_public=False) | both("title"),
            ),
            ExclusionConstraint(
                name="a_role_is_held_once_at_a_time_at_a_council",
                # The person first: a GiST index is searched by its first column, and terms overlap everybody's.
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("council", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (TERM, RangeOperators.OVERLAPS),
                ],
                condition=Q(council__isnull=False),
            ),
            ExclusionConstraint(
                name="a_role_is_held_once_at_a_time_in_the_network",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (TERM, RangeOperators.OVERLAPS),
                ],
                condition=Q(council=None),
            ),
        ]
        indexes = [
            # Serves the roles of the person who makes a request.
            models.Index(name="memberships_of_a_person", fields=["person", "ends_on"]),
            # Serve a council's people, those of today and those in one role, without a look at the table itself.
            models.Index(name="memberships_at_a_council", fields=["council", "ends_on", "starts_on", "role"]),
            models.Index(name="roles_at_a_council", fields=["council", "role", "ends_on", "starts_on"]),
            # Serves the administration's list.
            models.Index(name="memberships_newest_first", fields=["-starts_on", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"


class Invitation(Row):
    """An offer of a role to an e-mail address: used once, for a limited time, by that address only."""

    council = models.ForeignKey(
        Council, models.PROTECT, related_name="invitations", null=True, blank=True, verbose_name=_("council")
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    language = models.CharField(
        _("language of the invitation"), max_length=2, choices=[("en", _("English")), ("fr", _("French"))]
    )
    title_en = models.CharField(_("job title in English"), max_length=120, blank=True)
    title_fr = models.CharField(_("job title in French"), max_length=120, blank=True)
    until = models.DateField(_("role ends"), null=True, blank=True)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("invited by"))
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("accepted by")
    )
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = ScopedManager(council="council")

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                name="an_acceptance_names_who_and_when",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="an_invitation_is_not_both_accepted_and_taken_back",
                condition=Q(accepted_at=None) | Q(revoked_at=None),
            ),
            models.CheckConstraint(
                name="an_invitation_expires_after_it_is_sent", condition=Q(expires_at__gt=F("created_at"))
            ),
            models.UniqueConstraint(
                name="one_open_invitation_for_each_address_and_role",
                fields=["council", "email", "role"],
                condition=Q(accepted_at=None, revoked_at=None),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}"
