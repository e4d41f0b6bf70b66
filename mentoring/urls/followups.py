"""Follow-up: the link that asks, whom staff call, and the plan that people keep for themselves."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from mentoring.views.followups import asking, plan, staff

urlpatterns: list[URLPattern] = [
    path(_("follow-up/<str:token>/"), asking.follow_up, name="follow-up"),
    path(_("follow-up/<str:token>/no-more/"), asking.follow_up_refuse, name="follow-up-refuse"),
    path(_("my-mentoring/pairs/<uuid:pk>/plan/"), plan.plan_show, name="plan-show"),
    path(_("my-mentoring/pairs/<uuid:pk>/plan/<uuid:step>/done/"), plan.plan_act, {"how": "done"}, name="plan-done"),
    path(
        _("my-mentoring/pairs/<uuid:pk>/plan/<uuid:step>/take-away/"), plan.plan_act, {"how": "drop"}, name="plan-drop"
    ),
    path(_("workspace/<slug:council>/mentoring/follow-ups/"), staff.follow_up_list, name="follow-up-list"),
    path(_("workspace/<slug:council>/mentoring/follow-ups/<uuid:pk>/"), staff.follow_up_call, name="follow-up-call"),
    path(
        _("workspace/<slug:council>/mentoring/follow-ups/<uuid:pk>/not-reached/"),
        staff.follow_up_close,
        {"how": "unreachable"},
        name="follow-up-unreachable",
    ),
    path(
        _("workspace/<slug:council>/mentoring/follow-ups/<uuid:pk>/no-more/"),
        staff.follow_up_close,
        {"how": "refuse"},
        name="follow-up-stop",
    ),
]
