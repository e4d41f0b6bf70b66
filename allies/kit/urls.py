"""Addresses of what the kit shows: jobs and how far they are."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from allies.kit.views import jobs, parts

app_name = "kit"

urlpatterns = [
    path("kit/", parts.parts, name="parts"),
    path(_("jobs/<uuid:pk>/"), jobs.job_show, name="job-show"),
    path(_("jobs/<uuid:pk>/progress/"), jobs.job_fragment, name="job-fragment"),
    path(_("jobs/<uuid:pk>/cancel/"), jobs.job_cancel, name="job-cancel"),
    path(_("jobs/<uuid:pk>/again/"), jobs.job_again, name="job-again"),
]
