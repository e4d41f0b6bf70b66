"""The addresses of the registry, by the people who come to them."""

from councils.urls import account, convening, network, people, public, workspace

app_name = "councils"

urlpatterns = [
    *account.urlpatterns,
    *network.urlpatterns,
    *people.urlpatterns,
    *convening.urlpatterns,
    *workspace.urlpatterns,
    *public.urlpatterns,
]
