"""National pages: the registry, its figures and comparisons."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from councils.views.network import council, figures, home, labour, readiness, reflections, sources

urlpatterns = [
    path(_("network/"), home.home, name="network-home"),
    path(_("network/councils/"), home.councils, name="network-councils"),
    path(_("network/councils/new/"), council.council_new, name="network-council-new"),
    path(_("network/councils/<slug:slug>/"), council.council, name="network-council"),
    path(_("network/councils/<slug:slug>/stage/"), council.stage, name="network-stage"),
    path(_("network/councils/<slug:slug>/rename/"), council.council_rename, name="network-rename"),
    path(_("network/councils/<slug:slug>/merge/"), council.merge, name="network-merge"),
    path(_("network/readiness/"), readiness.readiness_list, name="network-readiness"),
    path(_("workspace/<slug:council>/readiness/"), readiness.readiness, name="readiness"),
    path(_("workspace/<slug:council>/readiness/new/"), readiness.readiness_new, name="readiness-new"),
    path(_("network/figures/"), figures.figures, name="network-figures"),
    path(_("network/figures/new/"), figures.figure_new, name="network-figure-new"),
    path(_("network/figures/<uuid:pk>/"), figures.figure, name="network-figure"),
    path(_("network/figures/<uuid:pk>/edit/"), figures.figure_edit, name="network-figure-edit"),
    path(_("network/figures/<uuid:pk>/publish/"), figures.figure_publish, name="network-figure-publish"),
    path(_("network/figures/<uuid:pk>/take-back/"), figures.figure_take_back, name="network-figure-take-back"),
    path(_("network/figures/<uuid:pk>/delete/"), figures.figure_delete, name="network-figure-delete"),
    path(_("network/figures/<uuid:pk>/values/new/"), figures.value_new, name="network-value-new"),
    path(_("network/values/<uuid:pk>/edit/"), figures.value_edit, name="network-value-edit"),
    path(_("network/values/<uuid:pk>/show/"), figures.value_show, name="network-value-show"),
    path(_("network/sources/"), sources.sources, name="network-sources"),
    path(_("network/sources/new/"), sources.source_new, name="network-source-new"),
    path(_("network/sources/<uuid:pk>/edit/"), sources.source_edit, name="network-source-edit"),
    path(_("network/reflections/"), reflections.reflections, name="network-reflections"),
    path(_("network/labour/"), labour.labour, name="network-labour"),
    path(_("network/labour/new/"), labour.labour_new, name="network-labour-new"),
    path(_("network/labour/faults/<uuid:pk>/"), labour.labour_faults, name="network-labour-faults"),
]
