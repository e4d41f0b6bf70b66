"""Coordinators: programmes, intakes, applicants, interviews and orientation."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from mentoring.views.coordinate import (
    applicant,
    intakes,
    interviews,
    own,
    programmes,
    sessions,
    worklist,
)

urlpatterns: list[URLPattern] = [
    path(_("workspace/<slug:council>/mentoring/"), programmes.home, name="coordinate-home"),
    path(
        _("workspace/<slug:council>/mentoring/programmes/new/"),
        programmes.programme_add,
        name="coordinate-programme-add",
    ),
    path(
        _("workspace/<slug:council>/mentoring/programmes/<uuid:pk>/"),
        programmes.programme_show,
        name="coordinate-programme-show",
    ),
    path(
        _("workspace/<slug:council>/mentoring/programmes/<uuid:pk>/edit/"),
        programmes.programme_edit,
        name="coordinate-programme-edit",
    ),
    path(
        _("workspace/<slug:council>/mentoring/programmes/<uuid:pk>/publish/"),
        programmes.programme_publish,
        name="coordinate-programme-publish",
    ),
    path(
        _("workspace/<slug:council>/mentoring/programmes/<uuid:pk>/unpublish/"),
        programmes.programme_unpublish,
        name="coordinate-programme-unpublish",
    ),
    path(
        _("workspace/<slug:council>/mentoring/programmes/<uuid:pk>/rules/"),
        programmes.programme_rules,
        name="coordinate-programme-rules",
    ),
    path(
        _("workspace/<slug:council>/mentoring/programmes/<uuid:pk>/weights/"),
        programmes.programme_weights,
        name="coordinate-programme-weights",
    ),
    path(
        _("workspace/<slug:council>/mentoring/programmes/<uuid:pk>/intakes/new/"),
        intakes.intake_add,
        name="coordinate-intake-add",
    ),
    path(
        _("workspace/<slug:council>/mentoring/intakes/<uuid:pk>/"), intakes.intake_show, name="coordinate-intake-show"
    ),
    path(
        _("workspace/<slug:council>/mentoring/intakes/<uuid:pk>/edit/"),
        intakes.intake_edit,
        name="coordinate-intake-edit",
    ),
    path(
        _("workspace/<slug:council>/mentoring/intakes/<uuid:pk>/move/"),
        intakes.intake_move,
        name="coordinate-intake-move",
    ),
    path(
        _("workspace/<slug:council>/mentoring/intakes/<uuid:pk>/orientation/new/"),
        sessions.orientation_add,
        name="orientation-add",
    ),
    path(_("workspace/<slug:council>/mentoring/applications/"), worklist.application_list, name="application-list"),
    path(_("workspace/<slug:council>/mentoring/applications/act/"), worklist.application_act, name="application-act"),
    path(
        _("workspace/<slug:council>/mentoring/applications/list.<str:kind>"),
        worklist.application_export,
        name="application-export",
    ),
    path(
        _("workspace/<slug:council>/mentoring/applications/<uuid:pk>/"),
        applicant.application_show,
        name="application-show",
    ),
    path(
        _("workspace/<slug:council>/mentoring/applications/<uuid:pk>/decide/"),
        applicant.application_override,
        name="application-override",
    ),
    path(
        _("workspace/<slug:council>/mentoring/applications/<uuid:pk>/refer/"),
        applicant.application_refer,
        name="application-refer",
    ),
    path(
        _("workspace/<slug:council>/mentoring/referrals/<uuid:pk>/"), applicant.referral_follow, name="referral-follow"
    ),
    path(
        _("workspace/<slug:council>/mentoring/applications/<uuid:pk>/interview/"),
        interviews.interview_record,
        name="interview-record",
    ),
    path(
        _("workspace/<slug:council>/mentoring/applications/<uuid:pk>/orientation/"),
        sessions.orientation_one,
        name="orientation-one",
    ),
    path(_("workspace/<slug:council>/mentoring/interviews/"), interviews.time_list, name="time-list"),
    path(
        _("workspace/<slug:council>/mentoring/interviews/times/<uuid:pk>/withdraw/"),
        interviews.time_withdraw,
        name="time-withdraw",
    ),
    path(
        _("workspace/<slug:council>/mentoring/interviews/<uuid:pk>/missed/"),
        interviews.interview_missed,
        name="interview-missed",
    ),
    path(
        _("workspace/<slug:council>/mentoring/interviews/<uuid:pk>/cancel/"),
        interviews.interview_cancel,
        name="interview-cancel",
    ),
    path(_("workspace/<slug:council>/mentoring/orientation/"), sessions.orientation_list, name="orientation-list"),
    path(
        _("workspace/<slug:council>/mentoring/orientation/<uuid:pk>/"),
        sessions.orientation_show,
        name="orientation-show",
    ),
    path(
        _("workspace/<slug:council>/mentoring/orientation/<uuid:pk>/edit/"),
        sessions.orientation_edit,
        name="orientation-edit",
    ),
    path(_("my-mentoring/<uuid:pk>/interview/"), own.my_interview, name="my-interview"),
    path(_("my-mentoring/<uuid:pk>/interview/book/"), own.my_interview_book, name="my-interview-book"),
    path(_("my-mentoring/<uuid:pk>/interview/cancel/"), own.my_interview_cancel, name="my-interview-cancel"),
    path(_("my-mentoring/<uuid:pk>/orientation/"), own.my_orientation, name="my-orientation"),
    path(_("my-mentoring/<uuid:pk>/orientation/join/"), own.my_orientation_join, name="my-orientation-join"),
    path(_("my-mentoring/<uuid:pk>/orientation/leave/"), own.my_orientation_leave, name="my-orientation-leave"),
    path(_("my-mentoring/<uuid:pk>/handbook/"), own.my_handbook, name="my-handbook"),
]
