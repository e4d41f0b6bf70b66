"""The addresses of mentoring, by the people who come to them."""

from mentoring.urls import apply, coordinate, employers, followups, mentors, modules, pairs, results, runs

app_name = "mentoring"

urlpatterns = [
    # A council's page for mentors stands where its programmes stand, and comes before them.
    *mentors.urlpatterns,
    *employers.urlpatterns,
    *apply.urlpatterns,
    *coordinate.urlpatterns,
    *runs.urlpatterns,
    *pairs.urlpatterns,
    *modules.urlpatterns,
    *followups.urlpatterns,
    *results.urlpatterns,
]
