"""Soft-skills modules: a programme's list, and what a pair ticks off of it."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from mentoring.views.modules import own, staff

urlpatterns: list[URLPattern] = [
    path(_("workspace/<slug:council>/mentoring/programmes/<uuid:pk>/modules/"), staff.module_list, name="module-list"),
    path(
        _("workspace/<slug:council>/mentoring/programmes/<uuid:pk>/modules/usual/"),
        staff.module_usual,
        name="module-usual",
    ),
    path(
        _("workspace/<slug:council>/mentoring/programmes/<uuid:pk>/modules/new/"), staff.module_add, name="module-add"
    ),
    path(_("workspace/<slug:council>/mentoring/modules/<uuid:pk>/edit/"), staff.module_edit, name="module-edit"),
    path(_("workspace/<slug:council>/mentoring/modules/<uuid:pk>/move/"), staff.module_move, name="module-move"),
    path(_("workspace/<slug:council>/mentoring/modules/<uuid:pk>/retire/"), staff.module_retire, name="module-retire"),
    path(
        _("workspace/<slug:council>/mentoring/modules/<uuid:pk>/restore/"), staff.module_restore, name="module-restore"
    ),
    path(_("my-mentoring/pairs/<uuid:pk>/modules/<uuid:module>/done/"), own.module_tick, name="module-tick"),
    path(_("my-mentoring/pairs/<uuid:pk>/modules/<uuid:module>/not-done/"), own.module_untick, name="module-untick"),
]
