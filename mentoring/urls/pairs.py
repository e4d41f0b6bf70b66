"""Pairs: agreement, goals, meetings, how it goes, and the end."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from mentoring.views.pairs import own, panels, sessions, staff, steps  # noqa: F401

urlpatterns: list[URLPattern] = [
    path(_("my-mentoring/pairs/<uuid:pk>/"), own.pair_show, name="pair-show"),
    path(_("my-mentoring/pairs/<uuid:pk>/agreement/"), own.pair_sign, name="pair-sign"),
    path(_("my-mentoring/pairs/<uuid:pk>/goals/"), own.goal_add, name="goal-add"),
    path(_("my-mentoring/pairs/<uuid:pk>/goals/<uuid:goal>/"), own.goal_move, name="goal-move"),
    path(_("my-mentoring/pairs/<uuid:pk>/goals/<uuid:goal>/drop/"), own.goal_drop, name="goal-drop"),
    path(_("my-mentoring/pairs/<uuid:pk>/meetings/new/"), sessions.session_log, name="session-log"),
    path(
        _("my-mentoring/pairs/<uuid:pk>/meetings/<uuid:session>/confirm/"),
        sessions.session_confirm,
        name="session-confirm",
    ),
    path(
        _("my-mentoring/pairs/<uuid:pk>/meetings/<uuid:session>/question/"),
        sessions.session_question,
        name="session-question",
    ),
    path(
        _("my-mentoring/pairs/<uuid:pk>/meetings/<uuid:session>/take-back/"),
        sessions.session_take_back,
        name="session-take-back",
    ),
    path(_("my-mentoring/pairs/<uuid:pk>/pulse/"), steps.pair_pulse, name="pair-pulse"),
    path(_("my-mentoring/pairs/<uuid:pk>/help/"), steps.pair_help, name="pair-help"),
    path(_("my-mentoring/pairs/<uuid:pk>/pause/"), steps.pair_pause, name="pair-pause"),
    path(_("my-mentoring/pairs/<uuid:pk>/go-on/"), steps.pair_resume, name="pair-resume"),
    path(_("my-mentoring/pairs/<uuid:pk>/complete/"), steps.pair_complete, name="pair-complete"),
    path(_("my-mentoring/pairs/<uuid:pk>/end/"), steps.pair_end, name="pair-end"),
    path(_("my-mentoring/pairs/<uuid:pk>/certificate/"), steps.pair_certificate, name="pair-certificate"),
    path(_("certificates/<slug:number>/"), steps.certificate_show, name="certificate-show"),
    path(_("workspace/<slug:council>/mentoring/pairs/"), staff.pair_list, name="pair-list"),
    path(
        _("workspace/<slug:council>/mentoring/pairs/list.xlsx"), staff.pair_export, {"kind": "xlsx"}, name="pair-xlsx"
    ),
    path(_("workspace/<slug:council>/mentoring/pairs/list.csv"), staff.pair_export, {"kind": "csv"}, name="pair-csv"),
    path(_("workspace/<slug:council>/mentoring/pairs/<uuid:pk>/"), staff.pair_staff, name="pair-staff"),
    path(
        _("workspace/<slug:council>/mentoring/pairs/<uuid:pk>/complete/"),
        staff.pair_staff_complete,
        name="pair-staff-complete",
    ),
    path(_("workspace/<slug:council>/mentoring/pairs/<uuid:pk>/end/"), staff.pair_staff_end, name="pair-staff-end"),
    path(
        _("workspace/<slug:council>/mentoring/pairs/<uuid:pk>/replace/"),
        staff.pair_staff_replace,
        name="pair-staff-replace",
    ),
    path(
        _("workspace/<slug:council>/mentoring/pairs/<uuid:pk>/pause/"),
        staff.pair_staff_pause,
        name="pair-staff-pause",
    ),
    path(
        _("workspace/<slug:council>/mentoring/pairs/<uuid:pk>/go-on/"),
        staff.pair_staff_resume,
        name="pair-staff-resume",
    ),
    path(
        _("workspace/<slug:council>/mentoring/pairs/<uuid:pk>/helped/"),
        staff.pair_staff_helped,
        name="pair-staff-helped",
    ),
]
