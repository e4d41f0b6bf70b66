"""A programme that begins with what another council has learned."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import Council, User
from mentoring.matching.policy import WEIGHED, Weight
from mentoring.models import MatchPolicy, Programme
from mentoring.queries import catalogue
from mentoring.queries.programmes import newest_rules
from mentoring.services.programmes import RULE_FIELDS, add_programme, write_policy, write_rules

# What a form begins with; who delivers it is for the new council to say.
SETTINGS = (
    *("kind", "name_en", "name_fr", "summary_en", "summary_fr", "language", "hours", "weeks"),
    *("group_least", "group_most", "matches_network_wide", "offer_days"),
)


def settings_of(model: Programme) -> dict[str, Any]:
    """What a new programme takes over from a model, for its form to begin with."""
    return {name: getattr(model, name) for name in SETTINGS}


@transaction.atomic
def begin_with(council: Council, *, model: Programme, facts: Mapping[str, Any], by: User) -> Programme:
    """Add a programme as a draft with the eligibility rules and the weights of a published one of the network."""
    authorize(by, "mentoring.manage", council)
    if catalogue.model(model.pk) is None:
        raise Refused(_("This programme is no longer open to the public: choose another model."))
    with across():
        rules = newest_rules(model)
        policy = MatchPolicy.objects.filter(programme=model).order_by("-version").first()
    programme = add_programme(council, facts=facts, by=by)
    write_rules(programme, facts={name: getattr(rules, name) for name in RULE_FIELDS}, by=by)
    if policy:
        off = Weight.OFF.name.lower()
        weights = {criterion.value: policy.weights.get(criterion.value, off) for criterion in WEIGHED}
        write_policy(programme, weights=weights, floor=policy.floor, by=by)
    audit.record(
        "mentoring.model_used", programme, by=by, council=council, reason=f"{model.name_en}, {model.council.name_en}"
    )
    return programme
