"""Results: of a council and of the network, reports that last, yearly targets, models for a new programme."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from mentoring.views import network as overview
from mentoring.views.results import council, models, network, targets

urlpatterns: list[URLPattern] = [
    path(_("workspace/<slug:council>/mentoring/results/"), council.result_list, name="result-list"),
    path(_("workspace/<slug:council>/mentoring/results/write/"), council.report_add, name="result-report-add"),
    path(_("workspace/<slug:council>/mentoring/results/<uuid:pk>/"), council.report_show, name="result-report"),
    path(
        _("workspace/<slug:council>/mentoring/results/<uuid:pk>/results.csv"),
        council.report_file,
        {"kind": "csv"},
        name="result-report-csv",
    ),
    path(
        _("workspace/<slug:council>/mentoring/results/<uuid:pk>/results.xlsx"),
        council.report_file,
        {"kind": "xlsx"},
        name="result-report-xlsx",
    ),
    path(_("workspace/<slug:council>/mentoring/targets/"), targets.target_list, name="target-list"),
    path(
        _("workspace/<slug:council>/mentoring/targets/<int:year>/<uuid:pk>/"), targets.target_edit, name="target-edit"
    ),
    path(_("workspace/<slug:council>/mentoring/models/"), models.model_list, name="model-list"),
    path(_("workspace/<slug:council>/mentoring/models/<uuid:model>/"), models.model_begin, name="model-begin"),
    path(_("network/mentoring/"), overview.network, name="network"),
    path(_("network/mentoring/places/"), overview.network_cities, name="network-cities"),
    path(_("network/mentoring/results/write/"), network.report_add, name="network-report-add"),
    path(_("network/mentoring/results/<uuid:pk>/"), network.report_show, name="network-report"),
    path(
        _("network/mentoring/results/<uuid:pk>/results.csv"),
        network.report_file,
        {"kind": "csv"},
        name="network-report-csv",
    ),
    path(
        _("network/mentoring/results/<uuid:pk>/results.xlsx"),
        network.report_file,
        {"kind": "xlsx"},
        name="network-report-xlsx",
    ),
]
