"""Mentoring programmes of a council: written in both languages, with rules and weights that keep their versions."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from councils.models import Council, User
from councils.services.editing import merged, saying, write
from councils.services.languages import require_both_languages
from mentoring.matching.policy import WEIGHED, Criterion, Policy, Weight
from mentoring.models import EligibilityRules, MatchPolicy, Programme
from mentoring.queries import texts  # noqa: F401  (says what the texts are called)
from mentoring.services import modules

FIELDS = (
    "kind",
    "name_en",
    "name_fr",
    "summary_en",
    "summary_fr",
    "language",
    "delivered_by",
    "hours",
    "weeks",
    "group_least",
    "group_most",
    "matches_network_wide",
    "offer_days",
)
RULE_FIELDS = ("statuses", "least_years", "recent_years", "least_level")
RULES = {
    "a_mentoring_group_has_a_size": (
        "group_most",
        _("A group has two people or more, and its largest size is not below its smallest."),
    ),
    "a_mentoring_programme_takes_time": (
        "hours",
        _("A programme takes 1 to 200 hours in 1 to 104 weeks, and gives a day or more to answer an offer."),
    ),
}


@transaction.atomic
def add_programme(council: Council, *, facts: Mapping[str, Any], by: User) -> Programme:
    """Add a programme as a draft, at an address made of its English name."""
    authorize(by, "mentoring.manage", council)
    # Two who add at once would be given the same address.
    Council.objects.select_for_update().get(pk=council.pk)
    programme = Programme(council=council)
    write(programme, facts, known=FIELDS)
    programme.slug = _free_address(council, programme.name_en)
    with saying(**RULES):
        programme.save(force_insert=True)
    modules.write_usual(programme)
    audit.record(
        "mentoring.programme_added", programme, by=by, council=council, fields=[name for name in facts if facts[name]]
    )
    return programme


def _free_address(council: Council, name: str) -> str:
    wanted = slugify(name)[:50] or "mentoring"
    taken = set(Programme.objects.filter(council=council, slug__startswith=wanted).values_list("slug", flat=True))
    number = 1
    while (address := wanted if number == 1 else f"{wanted}-{number}") in taken:
        number += 1
    return address


@transaction.atomic
def edit_programme(programme: Programme, *, facts: Mapping[str, Any], seen: Mapping[str, str], by: User) -> list[str]:
    """Write what changed and give the names of the changed fields; Overtaken where a colleague was faster."""
    authorize(by, "mentoring.manage", programme.council)
    standing = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    changes = merged(standing, facts, seen)
    write(standing, changes, known=FIELDS)
    if not changes:
        return []
    if standing.is_published:
        require_both_languages(standing)
    with saying(**RULES):
        standing.save(update_fields=list(changes))
    audit.record("mentoring.programme_changed", standing, by=by, council=standing.council_id, fields=changes)
    return sorted(changes)


@transaction.atomic
def publish_programme(programme: Programme, *, by: User) -> None:
    """Show a programme to the public: both languages are there."""
    authorize(by, "mentoring.manage", programme.council)
    standing = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    require_both_languages(standing)
    if not Programme.objects.filter(pk=programme.pk, is_published=False).update(is_published=True):
        raise Refused(_("This programme is public already."))
    audit.record("mentoring.programme_published", programme, by=by, council=programme.council_id)


@transaction.atomic
def unpublish_programme(programme: Programme, *, by: User) -> None:
    """Take a programme off the public site, unless people can apply to it now."""
    authorize(by, "mentoring.manage", programme.council)
    standing = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if standing.intakes.filter(state="open").exists():
        raise Refused(_("An intake is open: close it to applications before you take the programme off the site."))
    if not Programme.objects.filter(pk=programme.pk, is_published=True).update(is_published=False):
        raise Refused(_("This programme is not public."))
    audit.record("mentoring.programme_unpublished", programme, by=by, council=programme.council_id)


@transaction.atomic
def write_rules(programme: Programme, *, facts: Mapping[str, Any], by: User) -> EligibilityRules:
    """Write a new version of the rules; who was judged by the old one keeps that verdict."""
    authorize(by, "mentoring.manage", programme.council)
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    latest = programme.eligibility.order_by("-version").first()
    rules = EligibilityRules(programme=programme, version=latest.version + 1 if latest else 1)
    write(rules, facts, known=RULE_FIELDS)
    if latest and all(getattr(latest, name) == getattr(rules, name) for name in RULE_FIELDS):
        raise Refused(_("These are the rules as they stand: change something, or leave them."))
    rules.save(force_insert=True)
    audit.record("mentoring.rules_written", rules, by=by, council=programme.council_id, fields=facts)
    return rules


@transaction.atomic
def write_policy(programme: Programme, *, weights: Mapping[str, str], floor: int, by: User) -> MatchPolicy:
    """Write a new version of what counts in a match; runs keep the version that they used.

    `weights` goes from each criterion to must, high, medium, low or off; `floor` is the least score, 0 to 1000.
    """
    authorize(by, "mentoring.manage", programme.council)
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    weighed: dict[Criterion, Weight] = {criterion: Weight[weights[criterion.value].upper()] for criterion in WEIGHED}
    try:
        Policy(weights=weighed, floor=floor)
    except ValueError as error:
        raise Refused(_("At least one criterion must count.")) from error
    latest = programme.policies.order_by("-version").first()
    if latest and latest.weights == dict(weights) and latest.floor == floor:
        raise Refused(_("These are the weights as they stand: change something, or leave them."))
    policy = MatchPolicy.objects.create(
        programme=programme,
        version=latest.version + 1 if latest else 1,
        weights={criterion.value: weight.name.lower() for criterion, weight in weighed.items()},
        floor=floor,
        created_by=by,
    )
    audit.record("mentoring.policy_written", policy, by=by, council=programme.council_id, fields=["weights", "floor"])
    return policy
