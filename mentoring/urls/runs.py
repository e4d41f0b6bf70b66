"""Matching: runs, their proposals, and the offers that people answer."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from mentoring.views.runs import acts, choosing, groups, offers, pages

urlpatterns: list[URLPattern] = [
    path(_("my-mentoring/offers/<uuid:pk>/"), offers.offer_show, name="offer-show"),
    path(_("my-mentoring/offers/<uuid:pk>/accept/"), offers.offer_accept, name="offer-accept"),
    path(_("my-mentoring/offers/<uuid:pk>/decline/"), offers.offer_decline, name="offer-decline"),
    path(_("workspace/<slug:council>/mentoring/matching/"), pages.run_list, name="run-list"),
    path(_("workspace/<slug:council>/mentoring/matching/intakes/<uuid:pk>/run/"), acts.run_start, name="run-start"),
    path(_("workspace/<slug:council>/mentoring/matching/intakes/<uuid:pk>/by-hand/"), acts.run_hand, name="run-hand"),
    path(
        _("workspace/<slug:council>/mentoring/matching/by-hand/<uuid:pk>/remove/"),
        acts.run_hand_remove,
        name="run-hand-remove",
    ),
    path(_("workspace/<slug:council>/mentoring/matching/<uuid:pk>/"), pages.run_show, name="run-show"),
    path(_("workspace/<slug:council>/mentoring/matching/<uuid:pk>/progress/"), pages.run_progress, name="run-progress"),
    path(
        _("workspace/<slug:council>/mentoring/matching/<uuid:pk>/unmatched/"), pages.run_unmatched, name="run-unmatched"
    ),
    path(
        _("workspace/<slug:council>/mentoring/matching/<uuid:pk>/recruiting/"),
        pages.run_recruiting,
        name="run-recruiting",
    ),
    path(_("workspace/<slug:council>/mentoring/matching/<uuid:pk>/again/"), acts.run_again, name="run-again"),
    path(_("workspace/<slug:council>/mentoring/matching/<uuid:pk>/cancel/"), acts.run_cancel, name="run-cancel"),
    path(_("workspace/<slug:council>/mentoring/matching/<uuid:pk>/publish/"), acts.run_publish, name="run-publish"),
    path(_("workspace/<slug:council>/mentoring/matching/<uuid:pk>/choose/"), choosing.run_pick, name="run-pick"),
    path(_("workspace/<slug:council>/mentoring/matching/groups/<uuid:pk>/"), groups.group_show, name="group-show"),
    path(
        _("workspace/<slug:council>/mentoring/matching/groups/<uuid:pk>/begin/"), groups.group_begin, name="group-begin"
    ),
    path(
        _("workspace/<slug:council>/mentoring/matching/groups/<uuid:pk>/give-up/"),
        groups.group_give_up,
        name="group-give-up",
    ),
    path(
        _("workspace/<slug:council>/mentoring/matching/groups/<uuid:pk>/invite/"),
        groups.group_invite,
        name="group-invite",
    ),
    path(
        _("workspace/<slug:council>/mentoring/matching/<uuid:pk>/pairs/<uuid:pair>/pin/"), acts.run_pin, name="run-pin"
    ),
    path(
        _("workspace/<slug:council>/mentoring/matching/<uuid:pk>/pairs/<uuid:pair>/set-aside/"),
        acts.run_aside,
        name="run-aside",
    ),
    path(
        _("workspace/<slug:council>/mentoring/matching/<uuid:pk>/pairs/<uuid:pair>/choose/"),
        acts.run_choose,
        name="run-choose",
    ),
]
