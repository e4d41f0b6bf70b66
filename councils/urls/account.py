"""One's own pages: the start page, my data, roles and invitations."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from councils.views.account import data, offers, start

urlpatterns = [
    path(_("account/"), data.my_data, name="my-data"),
    path(_("account/start/"), start.my_start, name="my-start"),
    path(_("account/profile/"), data.my_profile, name="my-profile"),
    path(_("account/consent/"), data.my_consent, name="my-consent"),
    path(_("account/openings/"), data.my_openings, name="my-openings"),
    path(_("account/export/"), data.my_export, name="my-export"),
    path(_("account/erasure/"), data.my_erasure, name="my-erasure"),
    path(_("account/roles/"), start.role_list, name="role-list"),
    path(_("account/roles/<uuid:pk>/end/"), offers.my_role_end, name="my-role-end"),
    path(_("account/invitations/<uuid:pk>/accept/"), offers.invitation_accept, name="invitation-accept"),
    path(_("account/invitations/<str:token>/"), offers.invitation_show, name="invitation-show"),
]
