"""A newcomer: who qualifies, the application and where it stands."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from mentoring.views.apply import check, drafts, files, own, programmes

urlpatterns: list[URLPattern] = [
    path(_("mentoring/"), programmes.open_programmes, name="open-programmes"),
    path(_("mentoring/<slug:slug>/<slug:programme>/"), programmes.open_programme, name="open-programme"),
    path(_("mentoring/<slug:slug>/<slug:programme>/check/"), check.eligibility, name="eligibility"),
    path(_("mentoring/<slug:slug>/<slug:programme>/apply/"), check.apply_now, name="apply-now"),
    path(_("my-mentoring/"), own.my_mentoring, name="my-mentoring"),
    path(_("my-mentoring/occupations.json"), drafts.occupation_search, name="occupation-search"),
    path(_("my-mentoring/apply/<uuid:pk>/"), drafts.apply_begin, name="apply-begin"),
    path(_("my-mentoring/<uuid:pk>/step/<int:step>/"), drafts.apply_step, name="apply-step"),
    path(_("my-mentoring/<uuid:pk>/step/<int:step>/save"), drafts.apply_save, name="apply-save"),
    path(_("my-mentoring/<uuid:pk>/send/"), drafts.apply_send, name="apply-send"),
    path(_("my-mentoring/<uuid:pk>/again/"), own.apply_again, name="apply-again"),
    path(_("my-mentoring/<uuid:pk>/withdraw/"), own.apply_withdraw, name="apply-withdraw"),
    path(_("my-mentoring/<uuid:pk>/pause/"), own.apply_pause, name="apply-pause"),
    path(_("my-mentoring/<uuid:pk>/come-back/"), own.apply_come_back, name="apply-come-back"),
    path(_("my-mentoring/<uuid:pk>/help/"), own.apply_help, name="apply-help"),
    path(_("my-mentoring/<uuid:pk>/cv"), files.my_cv, name="my-cv"),
    path(_("my-mentoring/<uuid:pk>/cv/remove/"), files.my_cv_remove, name="my-cv-remove"),
    path(_("workspace/<slug:council>/mentoring/applicants/<uuid:pk>/cv"), files.applicant_cv, name="applicant-cv"),
]
