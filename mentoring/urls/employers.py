"""Employers whose staff mentor: the champion's pages, invitations, and the council's pages about them."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from mentoring.views.employers import invited, mentor, own, staff

OWN: list[URLPattern] = [
    path(_("my-mentoring/employer/"), own.my_employers, name="my-employers"),
    path(_("my-mentoring/employer/<uuid:pk>/"), own.my_employer, name="my-employer"),
    path(_("my-mentoring/employer/<uuid:pk>/invite/"), own.my_employer_invite, name="my-employer-invite"),
    path(_("my-mentoring/employer/<uuid:pk>/rules/"), own.my_employer_rules, name="my-employer-rules"),
    path(_("my-mentoring/employer/<uuid:pk>/hosting/"), own.my_employer_hosting, name="my-employer-hosting"),
    path(_("my-mentoring/employer/<uuid:pk>/stop/"), own.my_employer_stop, name="my-employer-stop"),
    path(
        _("my-mentoring/employer/<uuid:pk>/invitations/<uuid:invitation>/remind/"),
        own.my_employer_remind,
        name="my-employer-remind",
    ),
    path(
        _("my-mentoring/employer/<uuid:pk>/invitations/<uuid:invitation>/take-back/"),
        own.my_employer_take_back,
        name="my-employer-take-back",
    ),
    path(_("my-mentoring/mentor/<uuid:pk>/employer/"), mentor.my_mentor_employer, name="my-mentor-employer"),
    path(_("my-mentoring/mentor/<uuid:pk>/thanks/<int:year>.pdf"), mentor.my_mentor_thanks, name="my-mentor-thanks"),
]

INVITED: list[URLPattern] = [
    path(_("my-mentoring/invitations/<str:token>/"), invited.invitation_show, name="employer-invitation"),
    path(_("my-mentoring/invitations/<uuid:pk>/accept/"), invited.invitation_accept, name="employer-invitation-accept"),
    path(_("my-mentoring/invitations/<uuid:pk>/offer/"), invited.employer_offer, name="employer-offer"),
]

STAFF: list[URLPattern] = [
    path(_("workspace/<slug:council>/mentoring/employers/"), staff.employer_list, name="employer-list"),
    path(_("workspace/<slug:council>/mentoring/employers/<uuid:pk>/"), staff.employer_show, name="employer-show"),
    path(
        _("workspace/<slug:council>/mentoring/employers/<uuid:pk>/champion/end/"),
        staff.employer_champion_end,
        name="employer-champion-end",
    ),
    path(
        _("workspace/<slug:council>/mentoring/employers/invitations/<uuid:pk>/again/"),
        staff.employer_invitation_again,
        name="employer-invitation-again",
    ),
    path(
        _("workspace/<slug:council>/mentoring/employers/invitations/<uuid:pk>/take-back/"),
        staff.employer_invitation_take_back,
        name="employer-invitation-take-back",
    ),
    path(
        _("workspace/<slug:council>/mentoring/mentors/<uuid:pk>/employer/"),
        staff.mentor_employer,
        name="mentor-employer",
    ),
]

urlpatterns = [*OWN, *INVITED, *STAFF]
