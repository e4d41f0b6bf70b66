"""Employers in mentoring: champions, the people they invite, their rules; and thanks to mentors."""

from django.contrib import admin

from councils.admin.base import ReadOnlyAdmin
from councils.admin.site import site
from mentoring.admin.base import MOVED, named, of_council
from mentoring.models import Champion, EmployerInvitation, EmployerTerms, Thanks

_EMPLOYER = ("organisation__name_en__folded__contains", "organisation__name_fr__folded__contains")


@admin.register(Champion, site=site)
class ChampionAdmin(ReadOnlyAdmin):
    """Who speaks for an employer; named and ended by the council."""

    kept_because = MOVED
    council_path = "organisation.council"
    list_display = ("person", "organisation", "named_by", "since", "ended_at")
    list_filter = (of_council("organisation__council"),)
    list_select_related = ("person", "organisation__council", "named_by")
    search_fields = (*named("person"), *_EMPLOYER)
    date_hierarchy = "since"
    ordered_by = ("-since", "pk")


@admin.register(EmployerInvitation, site=site)
class EmployerInvitationAdmin(ReadOnlyAdmin):
    """Who was asked to speak for an employer, or to mentor as one of its staff."""

    kept_because = MOVED
    council_path = "organisation.council"
    list_display = ("email", "organisation", "kind", "invited_by", "sent_at", "expires_at", "accepted_at", "revoked_at")
    list_filter = ("kind", of_council("organisation__council"))
    list_select_related = ("organisation__council", "invited_by")
    search_fields = ("email__folded__contains", *_EMPLOYER)
    date_hierarchy = "made_at"
    ordered_by = ("-made_at", "pk")


@admin.register(EmployerTerms, site=site)
class EmployerTermsAdmin(ReadOnlyAdmin):
    """Who of an employer's staff may mentor; said by its champion."""

    kept_because = MOVED
    council_path = "organisation.council"
    list_display = ("organisation", "seniority", "least_years", "hosting_at", "saved_at")
    list_filter = (of_council("organisation__council"),)
    list_select_related = ("organisation__council",)
    search_fields = _EMPLOYER
    date_hierarchy = "saved_at"
    ordered_by = ("-saved_at", "pk")


@admin.register(Thanks, site=site)
class ThanksAdmin(ReadOnlyAdmin):
    """What each mentor was thanked for, year by year."""

    kept_because = MOVED
    council_path = "mentor.council"
    list_display = ("mentor", "year", "minutes", "people", "thanked_at")
    list_filter = ("year", of_council("mentor__council"))
    list_select_related = ("mentor__person", "mentor__council")
    search_fields = named("mentor__person")
    date_hierarchy = "thanked_at"
    ordered_by = ("-year", "pk")
