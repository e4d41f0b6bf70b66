"""People: the user of the portal, what they consented to, and when staff may look at personal data."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from allies.kit.folding import anywhere
from allies.kit.models import Row
from allies.kit.scope import across
from councils.roles import COUNCIL_STAFF, NATIONAL, REGISTRY_STAFF, STAFF, Role


class UserManager(BaseUserManager["User"]):
    """Create people; addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **facts: Any) -> "User":
        """Create a person who signs in with an e-mail address."""
        user = self.model(email=email.strip().lower(), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **facts: Any) -> "User":
        """Create a person and make them an administrator from today."""
        user = self.create_user(email, password, **facts)
        with across():
            user.memberships.create(role=Role.ADMINISTRATOR, starts_on=timezone.localdate())
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by e-mail address, in any case."""
        return self.get(email__iexact=username)


class User(Row, AbstractBaseUser):
    """A person who uses the portal; roles come from memberships, never from flags."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(
        _("language of messages"), max_length=2, choices=[("en", _("English")), ("fr", _("French"))], default="en"
    )
    phone = models.CharField(_("phone number"), max_length=40, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="an_address_belongs_to_one_person"),
            models.CheckConstraint(
                name="an_erased_person_may_not_sign_in", condition=Q(erased_at=None) | Q(is_active=False)
            ),
        ]
        indexes = [
            # Serves every search for people: a part of a name or of an address.
            anywhere("people_by_name_or_address", "name", "email"),
            # Serves the years of the administration's list. Its order has no index on purpose: a search would be
            # answered by walking all names in their order, in vain for those at the end of the alphabet.
            models.Index(name="people_by_when_they_joined", fields=["joined_at"]),
        ]

    def __str__(self) -> str:
        return self.name or (str(_("Erased account")) if self.erased_at else self.email)

    def get_full_name(self) -> str:
        """The whole name."""
        return self.name

    def get_short_name(self) -> str:
        """The first word of the name."""
        return self.name.split(" ")[0]

    @cached_property
    def held_roles(self) -> frozenset[tuple[Role, UUID | None]]:
        """The roles held today, each with the council it is held at; read once a request."""
        with across():
            rows = self.memberships.current().values_list("role", "council_id")  # type: ignore[attr-defined]
            return frozenset((Role(role), council) for role, council in rows)

    def has_role(self, *roles: Role, council: Any = None) -> bool:
        """Tell whether the person holds one of the roles today, at the council where one is given."""
        where = getattr(council, "pk", council)
        return any(role in roles and (where is None or at == where) for role, at in self.held_roles)

    @property
    def is_national(self) -> bool:
        """Holds a national role."""
        return self.has_role(*NATIONAL)

    @property
    def keeps_registry(self) -> bool:
        """Keeps the registry of councils."""
        return self.has_role(*REGISTRY_STAFF)

    @property
    def needs_second_factor(self) -> bool:
        """Holds a role whose sign-in needs a second factor."""
        return self.has_role(*STAFF)

    def works_for(self, council: Any) -> bool:
        """Is on the staff of the council."""
        return self.has_role(*COUNCIL_STAFF, council=council)

    def belongs_to(self, council: Any) -> bool:
        """Holds any role at the council."""
        return any(at == council.pk for _role, at in self.held_roles)

    @property
    def is_staff(self) -> bool:
        """May open the administration."""
        return self.is_active and self.has_role(Role.ADMINISTRATOR)

    is_superuser = is_staff

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Administrators may do all that the administration offers."""
        return self.is_staff

    def has_perms(self, perms: Any, obj: object = None) -> bool:
        """Administrators may do all that the administration offers."""
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        """Administrators see every part of the administration."""
        return self.is_staff


class Consent(Row):
    """What a person agreed to: one purpose, in one wording and language, until withdrawn."""

    class Purpose(models.TextChoices):
        PUBLIC_CONTACT = "public_contact", _("Show my work contact on my council's page")
        NEWS = "news", _("Send me the network's news by e-mail")

    person = models.ForeignKey(User, models.PROTECT, related_name="consents", verbose_name=_("person"))
    purpose = models.CharField(_("purpose"), max_length=30, choices=Purpose.choices)
    wording = models.CharField(_("wording version"), max_length=20)
    language = models.CharField(_("language of the wording"), max_length=2)
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                name="one_open_consent_for_each_purpose",
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="consent_is_withdrawn_after_it_is_given",
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_purpose_display()


class StaffSession(Row):
    """A stretch of time in which national staff may see a council's personal data, for a stated reason."""

    person = models.ForeignKey(User, models.PROTECT, related_name="staff_sessions", verbose_name=_("person"))
    council = models.ForeignKey(
        "councils.Council", models.PROTECT, related_name="staff_sessions", verbose_name=_("council")
    )
    reason = models.CharField(_("reason"), max_length=300)
    starts_at = models.DateTimeField(_("starts"), default=timezone.now)
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("staff session")
        verbose_name_plural = _("staff sessions")
        constraints = [
            models.CheckConstraint(
                name="a_staff_session_ends_after_it_starts", condition=Q(ends_at__gte=F("starts_at"))
            ),
            models.CheckConstraint(name="a_staff_session_states_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.reason
