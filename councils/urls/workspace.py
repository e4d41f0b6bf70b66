"""A council's workspace: its profile, programmes, stories, events and reflections."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from councils.views.workspace import (
    event_people,
    events,
    home,
    profile,
    programmes,
    reflections,
    stories,
    story_steps,
    translations,
)

urlpatterns: list[URLPattern] = [
    path(_("workspace/<slug:council>/"), home.home, name="workspace-home"),
    path(_("workspace/<slug:council>/changes/"), home.change_list, name="change-list"),
    path(_("workspace/<slug:council>/profile/"), profile.profile_edit, name="profile-edit"),
    path(_("workspace/<slug:council>/profile/preview/"), profile.profile_preview, name="profile-preview"),
    path(_("workspace/<slug:council>/profile/publish/"), profile.profile_publish, name="profile-publish"),
    path(_("workspace/<slug:council>/profile/unpublish/"), profile.profile_unpublish, name="profile-unpublish"),
    path(_("workspace/<slug:council>/translations/"), translations.translation_list, name="translation-list"),
    path(_("workspace/<slug:council>/translations/check/"), translations.translation_check, name="translation-check"),
    path(_("workspace/<slug:council>/programmes/"), programmes.programme_list, name="programme-list"),
    path(_("workspace/<slug:council>/programmes/new/"), programmes.programme_add, name="programme-add"),
    path(_("workspace/<slug:council>/programmes/<uuid:pk>/"), programmes.programme_show, name="programme-show"),
    path(_("workspace/<slug:council>/programmes/<uuid:pk>/edit/"), programmes.programme_edit, name="programme-edit"),
    path(
        _("workspace/<slug:council>/programmes/<uuid:pk>/publish/"),
        programmes.programme_publish,
        name="programme-publish",
    ),
    path(
        _("workspace/<slug:council>/programmes/<uuid:pk>/unpublish/"),
        programmes.programme_unpublish,
        name="programme-unpublish",
    ),
    path(_("workspace/<slug:council>/programmes/<uuid:pk>/end/"), programmes.programme_end, name="programme-end"),
    path(
        _("workspace/<slug:council>/programmes/<uuid:pk>/delete/"),
        programmes.programme_delete,
        name="programme-delete",
    ),
    path(_("workspace/<slug:council>/events/"), events.event_list, name="workspace-event-list"),
    path(_("workspace/<slug:council>/events/new/"), events.event_add, name="workspace-event-add"),
    path(_("workspace/<slug:council>/events/<uuid:pk>/"), events.event_show, name="workspace-event-show"),
    path(_("workspace/<slug:council>/events/<uuid:pk>/edit/"), events.event_edit, name="workspace-event-edit"),
    path(_("workspace/<slug:council>/events/<uuid:pk>/publish/"), events.event_publish, name="workspace-event-publish"),
    path(
        _("workspace/<slug:council>/events/<uuid:pk>/unpublish/"),
        events.event_unpublish,
        name="workspace-event-unpublish",
    ),
    path(_("workspace/<slug:council>/events/<uuid:pk>/delete/"), events.event_delete, name="workspace-event-delete"),
    path(
        _("workspace/<slug:council>/events/<uuid:pk>/people/"),
        event_people.event_people,
        name="workspace-event-people",
    ),
    path(
        _("workspace/<slug:council>/events/<uuid:pk>/people.csv"),
        event_people.event_people_export,
        {"kind": "csv"},
        name="workspace-event-people-csv",
    ),
    path(
        _("workspace/<slug:council>/events/<uuid:pk>/people.xlsx"),
        event_people.event_people_export,
        {"kind": "xlsx"},
        name="workspace-event-people-xlsx",
    ),
    path(
        _("workspace/<slug:council>/events/<uuid:pk>/people/<uuid:registration>/withdraw/"),
        event_people.event_withdraw,
        name="workspace-event-withdraw",
    ),
    path(
        _("workspace/<slug:council>/events/<uuid:pk>/attendance/"),
        event_people.event_attendance,
        name="workspace-event-attendance",
    ),
    path(
        _("workspace/<slug:council>/events/<uuid:pk>/unannounced/"),
        event_people.event_unannounced,
        name="workspace-event-unannounced",
    ),
    path(
        _("workspace/<slug:council>/events/<uuid:pk>/report/"),
        event_people.event_report,
        name="workspace-event-report",
    ),
    path(
        _("workspace/<slug:council>/events/<uuid:pk>/report/publish/"),
        event_people.event_tell,
        name="workspace-event-tell",
    ),
    path(
        _("workspace/<slug:council>/events/<uuid:pk>/report/unpublish/"),
        event_people.event_tell_nobody,
        name="workspace-event-tell-nobody",
    ),
    path(_("workspace/<slug:council>/stories/"), stories.story_list, name="workspace-story-list"),
    path(_("workspace/<slug:council>/stories/new/"), stories.story_add, name="workspace-story-add"),
    path(_("workspace/<slug:council>/stories/<uuid:pk>/"), stories.story_show, name="workspace-story-show"),
    path(_("workspace/<slug:council>/stories/<uuid:pk>/edit/"), stories.story_edit, name="workspace-story-edit"),
    path(_("workspace/<slug:council>/stories/<uuid:pk>/photo/"), story_steps.story_photo, name="workspace-story-photo"),
    path(
        _("workspace/<slug:council>/stories/<uuid:pk>/photo/add/"),
        story_steps.story_photo_add,
        name="workspace-story-photo-add",
    ),
    path(
        _("workspace/<slug:council>/stories/<uuid:pk>/photo/remove/"),
        story_steps.story_photo_remove,
        name="workspace-story-photo-remove",
    ),
    path(
        _("workspace/<slug:council>/stories/<uuid:pk>/consent/"),
        story_steps.story_consent,
        name="workspace-story-consent",
    ),
    path(
        _("workspace/<slug:council>/stories/<uuid:pk>/submit/"), story_steps.story_submit, name="workspace-story-submit"
    ),
    path(
        _("workspace/<slug:council>/stories/<uuid:pk>/take-back/"),
        story_steps.story_take_back,
        name="workspace-story-take-back",
    ),
    path(
        _("workspace/<slug:council>/stories/<uuid:pk>/publish/"),
        story_steps.story_publish,
        name="workspace-story-publish",
    ),
    path(
        _("workspace/<slug:council>/stories/<uuid:pk>/withdraw/"),
        story_steps.story_withdraw,
        name="workspace-story-withdraw",
    ),
    path(_("workspace/<slug:council>/reflections/"), reflections.reflection_list, name="reflection-list"),
    path(_("workspace/<slug:council>/reflections/<int:year>/"), reflections.reflection_show, name="reflection-show"),
    path(
        _("workspace/<slug:council>/reflections/<int:year>/edit/"), reflections.reflection_edit, name="reflection-edit"
    ),
    path(
        _("workspace/<slug:council>/reflections/<int:year>/submit/"),
        reflections.reflection_submit,
        name="reflection-submit",
    ),
    path(
        _("workspace/<slug:council>/reflections/<int:year>/reopen/"),
        reflections.reflection_reopen,
        name="reflection-reopen",
    ),
    path(
        _("workspace/<slug:council>/reflections/<int:year>/publish/"),
        reflections.reflection_publish,
        name="reflection-publish",
    ),
]
