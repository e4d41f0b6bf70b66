"""Draw forms with the site's own templates."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """One field template and one form template for the whole site."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
