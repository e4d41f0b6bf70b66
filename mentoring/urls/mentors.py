"""Mentors: volunteering, what they offer, and a council's list of them."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from mentoring.views.mentors import imports, listing, own, record, volunteer

PUBLIC: list[URLPattern] = [
    path(_("mentoring/<slug:slug>/become-a-mentor/"), volunteer.become_mentor, name="become-mentor"),
]

OWN: list[URLPattern] = [
    path(_("my-mentoring/volunteer/<slug:slug>/"), volunteer.mentor_volunteer, name="mentor-volunteer"),
    path(_("my-mentoring/mentor/"), own.my_mentors, name="my-mentors"),
    path(_("my-mentoring/mentor/<uuid:pk>/"), own.my_mentor, name="my-mentor"),
    path(_("my-mentoring/mentor/<uuid:pk>/offer/"), own.my_mentor_edit, name="my-mentor-edit"),
    path(_("my-mentoring/mentor/<uuid:pk>/handbook/"), own.my_mentor_handbook, name="my-mentor-handbook"),
    path(_("my-mentoring/mentor/<uuid:pk>/orientation/"), own.my_mentor_seat, name="my-mentor-seat"),
    path(_("my-mentoring/mentor/<uuid:pk>/pause/"), own.my_mentor_pause, name="my-mentor-pause"),
    path(_("my-mentoring/mentor/<uuid:pk>/return/"), own.my_mentor_return, name="my-mentor-return"),
    path(_("my-mentoring/mentor/<uuid:pk>/stop/"), own.my_mentor_stop, name="my-mentor-stop"),
]

STAFF: list[URLPattern] = [
    path(_("workspace/<slug:council>/mentoring/mentors/"), listing.mentor_list, name="mentor-list"),
    path(
        _("workspace/<slug:council>/mentoring/mentors.csv"), listing.mentor_export, {"kind": "csv"}, name="mentor-csv"
    ),
    path(
        _("workspace/<slug:council>/mentoring/mentors.xlsx"),
        listing.mentor_export,
        {"kind": "xlsx"},
        name="mentor-xlsx",
    ),
    path(_("workspace/<slug:council>/mentoring/mentors/places/"), listing.mentor_balance, name="mentor-balance"),
    path(_("workspace/<slug:council>/mentoring/mentors/<uuid:pk>/"), record.mentor_show, name="mentor-show"),
    path(_("workspace/<slug:council>/mentoring/mentors/<uuid:pk>/offer/"), record.mentor_edit, name="mentor-edit"),
    path(
        _("workspace/<slug:council>/mentoring/mentors/<uuid:pk>/approve/"), record.mentor_approve, name="mentor-approve"
    ),
    path(_("workspace/<slug:council>/mentoring/mentors/<uuid:pk>/pause/"), record.mentor_pause, name="mentor-pause"),
    path(_("workspace/<slug:council>/mentoring/mentors/<uuid:pk>/return/"), record.mentor_return, name="mentor-return"),
    path(_("workspace/<slug:council>/mentoring/mentors/<uuid:pk>/retire/"), record.mentor_retire, name="mentor-retire"),
    path(
        _("workspace/<slug:council>/mentoring/mentors/<uuid:pk>/exclude/"), record.mentor_exclude, name="mentor-exclude"
    ),
    path(
        _("workspace/<slug:council>/mentoring/exclusions/<uuid:pk>/lift/"), record.exclusion_lift, name="exclusion-lift"
    ),
]

LISTS: list[URLPattern] = [
    path(_("workspace/<slug:council>/mentoring/import/"), imports.people_import, name="people-import"),
    path(_("workspace/<slug:council>/mentoring/import/mentors/"), imports.list_import, name="mentor-import"),
    path(
        _("workspace/<slug:council>/mentoring/import/mentors/<uuid:pk>/"),
        imports.list_import_check,
        name="mentor-import-check",
    ),
    path(
        _("workspace/<slug:council>/mentoring/import/mentors.csv"),
        imports.list_template,
        {"kind": "csv"},
        name="mentor-template-csv",
    ),
    path(
        _("workspace/<slug:council>/mentoring/import/mentors.xlsx"),
        imports.list_template,
        {"kind": "xlsx"},
        name="mentor-template-xlsx",
    ),
    path(
        _("workspace/<slug:council>/mentoring/import/mentees/<uuid:intake>/"),
        imports.list_import,
        name="applicant-import",
    ),
    path(
        _("workspace/<slug:council>/mentoring/import/mentees/<uuid:intake>/<uuid:pk>/"),
        imports.list_import_check,
        name="applicant-import-check",
    ),
    path(
        _("workspace/<slug:council>/mentoring/import/mentees/<uuid:intake>.csv"),
        imports.list_template,
        {"kind": "csv"},
        name="applicant-template-csv",
    ),
    path(
        _("workspace/<slug:council>/mentoring/import/mentees/<uuid:intake>.xlsx"),
        imports.list_template,
        {"kind": "xlsx"},
        name="applicant-template-xlsx",
    ),
]

urlpatterns = [*PUBLIC, *OWN, *STAFF, *LISTS]
