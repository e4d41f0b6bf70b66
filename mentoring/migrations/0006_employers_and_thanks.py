"""Keep employers' champions, the people they invite, their rules, and the yearly thanks to mentors."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0006_names_are_searched_not_walked"),
        ("mentoring", "0005_modules_groups_and_where_people_heard"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="mentor",
            name="exception",
            field=models.CharField(
                blank=True, editable=False, max_length=300, verbose_name="why the employer's rules don't apply"
            ),
        ),
        migrations.AddField(
            model_name="mentor",
            name="invited_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="invited by",
            ),
        ),
        migrations.AddField(
            model_name="mentor",
            name="seniority",
            field=models.CharField(
                blank=True,
                choices=[("junior", "Junior"), ("middle", "Middle"), ("upper", "Upper")],
                max_length=6,
                verbose_name="level",
            ),
        ),
        migrations.AddField(
            model_name="mentor",
            name="staff_of",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="mentors",
                to="councils.organisation",
                verbose_name="employer at the table",
            ),
        ),
        migrations.AddField(
            model_name="orientationsession",
            name="host_organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="hosted_orientations",
                to="councils.organisation",
                verbose_name="hosting employer",
            ),
        ),
        migrations.CreateModel(
            name="Champion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended")),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="named by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="champions",
                        to="councils.organisation",
                        verbose_name="employer",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="champion",
                    ),
                ),
            ],
            options={
                "verbose_name": "employer champion",
                "verbose_name_plural": "employer champions",
                "indexes": [models.Index(fields=["person", "ended_at"], name="employers_of_a_champion")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("organisation",),
                        name="an_employer_has_one_champion_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at", None), ("ended_at__gte", models.F("since")), _connector="OR"),
                        name="a_champion_ends_after_beginning",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmployerInvitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("champion", "To speak for the employer"), ("mentor", "To mentor")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("fr", "French")],
                        max_length=2,
                        verbose_name="language of the invitation",
                    ),
                ),
                ("word", models.CharField(blank=True, max_length=500, verbose_name="personal word")),
                ("token_digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="invited")),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent")),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accepted by",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentoring_invitations",
                        to="councils.organisation",
                        verbose_name="employer",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation of an employer",
                "verbose_name_plural": "invitations of employers",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at", None), ("accepted_by", None)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_accepted_employer_invitation_names_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_at", None), ("revoked_at", None), _connector="OR"),
                        name="an_employer_invitation_ends_in_one_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("sent_at"))),
                        name="an_employer_invitation_expires_after_it_is_sent",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at", None), ("revoked_at", None)),
                        fields=("organisation", "email", "kind"),
                        name="an_address_has_one_open_invitation_of_an_employer",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at", None), ("kind", "champion"), ("revoked_at", None)),
                        fields=("organisation",),
                        name="one_person_at_a_time_is_asked_to_be_champion",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmployerTerms",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "seniority",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("junior", "Junior"), ("middle", "Middle"), ("upper", "Upper")], max_length=6
                        ),
                        blank=True,
                        default=list,
                        size=3,
                        verbose_name="levels that may mentor",
                    ),
                ),
                (
                    "least_years",
                    models.PositiveSmallIntegerField(default=0, verbose_name="years of experience at least"),
                ),
                ("hosting", models.CharField(blank=True, max_length=500, verbose_name="offer to host an orientation")),
                ("hosting_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="offered")),
                ("saved_at", models.DateTimeField(auto_now=True, verbose_name="saved")),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentoring_terms",
                        to="councils.organisation",
                        verbose_name="employer",
                    ),
                ),
            ],
            options={
                "verbose_name": "employer's rules for mentors",
                "verbose_name_plural": "employers' rules for mentors",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("least_years__lte", 40)),
                        name="an_employer_asks_for_years_of_a_working_life",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hosting", ""), ("hosting_at", None)),
                            models.Q(models.Q(("hosting", ""), _negated=True), ("hosting_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_offer_to_host_says_since_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Thanks",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("minutes", models.PositiveIntegerField(verbose_name="time given, in minutes")),
                ("people", models.PositiveSmallIntegerField(verbose_name="people supported")),
                ("thanked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="thanked")),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="thanks",
                        to="mentoring.mentor",
                        verbose_name="mentor",
                    ),
                ),
            ],
            options={
                "verbose_name": "thanks to a mentor",
                "verbose_name_plural": "thanks to mentors",
                "constraints": [
                    models.UniqueConstraint(fields=("mentor", "year"), name="a_mentor_is_thanked_once_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 1), ("people__gte", 1)),
                        name="thanks_are_for_time_given_to_somebody",
                    ),
                ],
            },
        ),
    ]
