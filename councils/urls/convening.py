"""Whom a council convenes: organisations, bodies and meetings."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from councils.views.convening import bodies, meetings, organisations

urlpatterns: list[URLPattern] = [
    path(_("workspace/<slug:council>/organisations/"), organisations.organisation_list, name="organisation-list"),
    path(_("workspace/<slug:council>/organisations/new/"), organisations.organisation_add, name="organisation-add"),
    path(
        _("workspace/<slug:council>/organisations/import/"),
        organisations.organisation_import,
        name="organisation-import",
    ),
    path(
        _("workspace/<slug:council>/organisations/import/<uuid:pk>/"),
        organisations.organisation_import_check,
        name="organisation-import-check",
    ),
    path(
        _("workspace/<slug:council>/organisations/list.csv"),
        organisations.organisation_export,
        {"kind": "csv"},
        name="organisation-csv",
    ),
    path(
        _("workspace/<slug:council>/organisations/list.xlsx"),
        organisations.organisation_export,
        {"kind": "xlsx"},
        name="organisation-xlsx",
    ),
    path(
        _("workspace/<slug:council>/organisations/<uuid:pk>/"),
        organisations.organisation_show,
        name="organisation-show",
    ),
    path(
        _("workspace/<slug:council>/organisations/<uuid:pk>/edit/"),
        organisations.organisation_edit,
        name="organisation-edit",
    ),
    path(
        _("workspace/<slug:council>/organisations/<uuid:pk>/leave/"),
        organisations.organisation_leave,
        name="organisation-leave",
    ),
    path(
        _("workspace/<slug:council>/organisations/<uuid:pk>/return/"),
        organisations.organisation_return,
        name="organisation-return",
    ),
    path(_("workspace/<slug:council>/bodies/"), bodies.body_list, name="body-list"),
    path(_("workspace/<slug:council>/bodies/new/"), bodies.body_add, name="body-add"),
    path(_("workspace/<slug:council>/bodies/<uuid:pk>/"), bodies.body_show, name="body-show"),
    path(_("workspace/<slug:council>/bodies/<uuid:pk>/edit/"), bodies.body_edit, name="body-edit"),
    path(_("workspace/<slug:council>/bodies/<uuid:pk>/publish/"), bodies.body_publish, name="body-publish"),
    path(_("workspace/<slug:council>/bodies/<uuid:pk>/unpublish/"), bodies.body_unpublish, name="body-unpublish"),
    path(_("workspace/<slug:council>/bodies/<uuid:pk>/meetings.ics"), meetings.body_calendar, name="body-calendar"),
    path(_("workspace/<slug:council>/bodies/<uuid:pk>/seats/new/"), bodies.seat_add, name="seat-add"),
    path(_("workspace/<slug:council>/seats/<uuid:pk>/"), bodies.seat_edit, name="seat-edit"),
    path(_("workspace/<slug:council>/seats/<uuid:pk>/end/"), bodies.seat_end, name="seat-end"),
    path(_("workspace/<slug:council>/bodies/<uuid:pk>/meetings/new/"), meetings.meeting_add, name="meeting-add"),
    path(_("workspace/<slug:council>/meetings/<uuid:pk>/"), meetings.meeting_show, name="meeting-show"),
    path(_("workspace/<slug:council>/meetings/<uuid:pk>.ics"), meetings.meeting_calendar, name="meeting-calendar"),
    path(_("workspace/<slug:council>/meetings/<uuid:pk>/edit/"), meetings.meeting_edit, name="meeting-edit"),
    path(_("workspace/<slug:council>/meetings/<uuid:pk>/cancel/"), meetings.meeting_cancel, name="meeting-cancel"),
    path(_("workspace/<slug:council>/meetings/<uuid:pk>/minutes/"), meetings.minutes_edit, name="minutes-edit"),
    path(
        _("workspace/<slug:council>/meetings/<uuid:pk>/minutes/approve/"),
        meetings.minutes_approve,
        name="minutes-approve",
    ),
    path(
        _("workspace/<slug:council>/meetings/<uuid:pk>/minutes/reopen/"), meetings.minutes_reopen, name="minutes-reopen"
    ),
    path(
        _("workspace/<slug:council>/meetings/<uuid:pk>/attendance/"), meetings.attendance_edit, name="attendance-edit"
    ),
]
