"""The addresses of mentoring, by the people who come to them."""

from mentoring.urls import apply, coordinate, mentors, pairs, runs

app_name = "mentoring"

urlpatterns = [
    *apply.urlpatterns,
    *coordinate.urlpatterns,
    *mentors.urlpatterns,
    *runs.urlpatterns,
    *pairs.urlpatterns,
]
