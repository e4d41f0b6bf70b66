"""Follow-up: the link that asks, and whom staff call."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from mentoring.views.followups import asking, staff

urlpatterns: list[URLPattern] = [
    path(_("follow-up/<str:token>/"), asking.follow_up, name="follow-up"),
    path(_("follow-up/<str:token>/no-more/"), asking.follow_up_refuse, name="follow-up-refuse"),
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
