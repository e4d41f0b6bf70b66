"""Keep yearly targets, and reports of results that nobody changes or removes."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

SEAL = """
CREATE FUNCTION mentoring_report_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A report stays as it was written: % is refused.', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER report_is_never_changed BEFORE UPDATE OR DELETE ON mentoring_resultreport
  FOR EACH ROW EXECUTE FUNCTION mentoring_report_refuse();
"""

UNSEAL = """
DROP TRIGGER report_is_never_changed ON mentoring_resultreport;
DROP FUNCTION mentoring_report_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0006_names_are_searched_not_walked"),
        ("mentoring", "0006_employers_and_thanks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ResultReport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of completion")),
                ("subject_en", models.CharField(max_length=400, verbose_name="about, in English")),
                ("subject_fr", models.CharField(max_length=400, verbose_name="about, in French")),
                ("until", models.DateField(verbose_name="counted until")),
                ("numbers", models.JSONField(verbose_name="numbers")),
                ("method", models.PositiveSmallIntegerField(verbose_name="version of the method")),
                ("rows_hash", models.CharField(max_length=64, verbose_name="SHA-256 of the rows it rests on")),
                ("reason", models.CharField(max_length=300, verbose_name="why it is written down")),
                ("frozen_at", models.DateTimeField(auto_now_add=True, verbose_name="written down")),
                (
                    "council",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.council",
                        verbose_name="council",
                    ),
                ),
                (
                    "frozen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written down by",
                    ),
                ),
                (
                    "intake",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mentoring.intake",
                        verbose_name="intake",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mentoring.programme",
                        verbose_name="mentoring programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "report of results",
                "verbose_name_plural": "reports of results",
                "indexes": [models.Index(fields=["council", "-frozen_at"], name="reports_of_a_council")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("council__isnull", False),
                            models.Q(("intake", None), ("programme", None), ("year", None)),
                            _connector="OR",
                        ),
                        name="a_report_narrows_within_a_council",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__gte", 1), ("rows_hash__regex", "^[0-9a-f]{64}$")),
                        name="a_report_names_its_rows",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True), models.Q(("subject_en", ""), _negated=True)
                        ),
                        name="a_report_says_why_and_of_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="YearTarget",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("matches", models.PositiveSmallIntegerField(verbose_name="pairs that begin")),
                ("completed", models.PositiveSmallIntegerField(verbose_name="pairs that complete")),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="mentoring.programme",
                        verbose_name="mentoring programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "yearly target",
                "verbose_name_plural": "yearly targets",
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "year"), name="a_programme_has_one_target_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 2000), ("year__lte", 2100)), name="a_target_is_for_a_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("completed__lte", 5000), ("matches__lte", 5000)),
                        name="a_target_can_be_reached",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SEAL, UNSEAL),
    ]
