"""Ask later whether it is the same employer, and let people keep a plan of their next steps."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mentoring", "0007_targets_and_lasting_results"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=200, verbose_name="next step")),
                ("by_when", models.DateField(blank=True, null=True, verbose_name="by when")),
                ("added_on", models.DateField(auto_now_add=True, verbose_name="added")),
                ("done_on", models.DateField(blank=True, editable=False, null=True, verbose_name="done")),
            ],
            options={
                "verbose_name": "step of a plan",
                "verbose_name_plural": "steps of plans",
            },
        ),
        migrations.AddField(
            model_name="followup",
            name="employer",
            field=models.CharField(
                blank=True,
                choices=[("same", "Yes, the same"), ("other", "No, another one"), ("none_then", "I had no work then")],
                max_length=9,
                verbose_name="same employer",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("employer", ""),
                    models.Q(("wave__in", ["m6", "m12"]), ("work__in", ["employed", "self"])),
                    _connector="OR",
                ),
                name="who_works_is_asked_later_whether_it_is_the_same_employer",
            ),
        ),
        migrations.AddField(
            model_name="planstep",
            name="pair",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="plan",
                to="mentoring.pair",
                verbose_name="pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="planstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="a_step_of_a_plan_says_what"
            ),
        ),
    ]
