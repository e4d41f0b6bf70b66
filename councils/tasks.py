"""What the registry does in the background."""

from celery import shared_task
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from allies.kit.jobs import running
from allies.kit.scope import across
from councils.services import labour_upload


@shared_task(
    name=labour_upload.KIND,
    queue="reports",
    time_limit=1800,
    soft_time_limit=1700,
    title=_("Importing a labour-market table"),
)
def import_labour_upload(job_id: str, upload_id: str, product: str, title_en: str, title_fr: str) -> None:
    """Import a table that somebody handed in; its result is the list of tables, or the list of faults."""
    with running(job_id) as progress, across():
        try:
            labour_upload.import_upload(
                upload_id,
                product=product,
                title_en=title_en,
                title_fr=title_fr,
                by=progress.job.owner,
                progress=progress,
            )
        except labour_upload.Faulty as faulty:
            progress.result(reverse("councils:network-labour-faults", args=[faulty.faults.pk]))
            raise
        progress.result(reverse("councils:network-labour"))
