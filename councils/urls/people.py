"""A council's people, their roles and invitations."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from councils.views.people import invitations, listing, roles, sessions

urlpatterns = [
    path(_("workspace/<slug:council>/people/"), listing.people_list, name="people-list"),
    path(_("workspace/<slug:council>/people/<uuid:pk>/"), listing.person_show, name="person-show"),
    path(_("workspace/<slug:council>/people/roles/add/"), roles.role_add, name="role-add"),
    path(_("workspace/<slug:council>/people/roles/<uuid:pk>/"), roles.role_edit, name="role-edit"),
    path(_("workspace/<slug:council>/people/roles/<uuid:pk>/end/"), roles.role_end, name="role-end"),
    path(_("workspace/<slug:council>/people/invitations/"), invitations.invitation_list, name="invitation-list"),
    path(_("workspace/<slug:council>/people/invitations/new/"), invitations.invitation_new, name="invitation-new"),
    path(
        _("workspace/<slug:council>/people/invitations/<uuid:pk>/again/"),
        invitations.invitation_again,
        name="invitation-again",
    ),
    path(
        _("workspace/<slug:council>/people/invitations/<uuid:pk>/take-back/"),
        invitations.invitation_take_back,
        name="invitation-take-back",
    ),
    path(_("workspace/<slug:council>/people/session/"), sessions.session_open, name="session-open"),
    path(_("workspace/<slug:council>/people/session/end/"), sessions.session_end, name="session-end"),
]
