"""What programs look for at the root of the site, outside both languages."""

from django.urls import URLPattern, path

from councils.views.public import machines

urlpatterns: list[URLPattern] = [
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", machines.sitemap_section, name="sitemap-section"),
    path(".well-known/security.txt", machines.security_txt, name="security-txt"),
]
