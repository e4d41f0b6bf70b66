"""Public pages: the directory, the profiles, stories, events, figures, feeds and contacts."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from councils.views.public import directory, events, figures, machines, networks, pages, profile, registrations, stories

urlpatterns: list[URLPattern] = [
    path(_("councils/"), directory.council_list, name="council-list"),
    path(_("councils/<slug:slug>/"), profile.council_show, name="council-show"),
    path(_("councils/<slug:slug>/history/"), profile.council_history, name="council-history"),
    path(_("councils/<slug:slug>/organisations/"), profile.council_organisations, name="council-organisations"),
    path(_("councils/<slug:slug>/start-here/"), profile.council_start, name="council-start"),
    path(_("councils/<slug:slug>/contacts.vcf"), profile.council_cards, name="council-cards"),
    path(_("councils/<slug:slug>/contacts/<uuid:pk>.vcf"), profile.council_card, name="council-card"),
    path(_("councils/<slug:slug>/feed.atom"), profile.council_feed_show, name="council-feed"),
    path(_("councils/<slug:slug>/stories/"), stories.council_stories, name="council-stories"),
    path(_("councils/<slug:slug>/stories/<uuid:pk>/"), stories.story_read, name="story-read"),
    path(_("councils/<slug:slug>/stories/<uuid:pk>/photo"), stories.story_photo, name="story-photo"),
    path(_("networks/"), networks.immigrant_network_list, name="immigrant-network-list"),
    path(_("networks/<uuid:pk>/"), networks.immigrant_network, name="immigrant-network"),
    path(_("stories/"), stories.stories, name="story-list"),
    path(_("events/"), events.events, name="event-list"),
    path(_("events/<uuid:pk>/"), events.event_read, name="event-read"),
    path(_("events/<uuid:pk>.ics"), events.event_calendar, name="event-calendar"),
    path(_("events/<uuid:pk>/sign-up/"), registrations.event_sign_up, name="event-sign-up"),
    path(_("events/<uuid:pk>/signed-up/"), registrations.event_signed_up, name="event-signed-up"),
    path(_("events/my-place/<str:token>/"), registrations.registration_show, name="registration-show"),
    path(_("events/my-place/<str:token>/event.ics"), registrations.registration_calendar, name="registration-calendar"),
    path(_("figures/"), figures.figures, name="figure-list"),
    path(_("sources/"), figures.sources, name="source-list"),
    path(_("about/"), pages.about, name="about"),
    path(_("accessibility/"), pages.accessibility, name="accessibility"),
    path(_("privacy/"), pages.privacy, name="privacy"),
    path("feed.atom", machines.network_feed_show, name="network-feed"),
]
