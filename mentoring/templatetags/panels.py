"""The cards of an application: `{% load panels %}`, `{% panel card application %}`."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mentoring.panels import Card

register = template.Library()


@register.simple_tag(takes_context=True)
def panel(context: template.Context, card: Card, application: Any) -> SafeString:
    """Draw a card that a part of mentoring put on the page of an application."""
    facts = {"application": application, **card.context}
    return render_to_string(card.template, facts, request=context["request"])
