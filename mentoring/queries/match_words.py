"""The reasons of a match in words: from the points and facts that the engine gave to sentences in two languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from allies.kit.ui.formats import number
from councils.models import Occupation, Place, Sector
from mentoring.matching import Criterion, Rule
from mentoring.models import Goal, Slot
from mentoring.queries.tongues import name_of

LABELS: dict[str, str | Promise] = {
    Criterion.OCCUPATION: gettext_lazy("Occupation"),
    Criterion.TEER: gettext_lazy("Level of training"),
    Criterion.INDUSTRY: gettext_lazy("Industry"),
    Criterion.YEARS: gettext_lazy("Experience"),
    Criterion.LANGUAGES: gettext_lazy("Languages"),
    Criterion.GOALS: gettext_lazy("Goals"),
    Criterion.AVAILABILITY: gettext_lazy("Availability"),
    Criterion.PLACE: gettext_lazy("Where to meet"),
    Criterion.SENIORITY: gettext_lazy("Seniority"),
    Criterion.WAITING: gettext_lazy("Waiting time"),
}
RULES: dict[str, str | Promise] = {
    Rule.COUNCIL: gettext_lazy("mentor for another council"),
    Rule.MODE: gettext_lazy("meet in another way, online or in person"),
    Rule.AVAILABILITY: gettext_lazy("have no time in common"),
    Rule.LANGUAGE: gettext_lazy("share no language at the level needed"),
    Rule.EMPLOYER: gettext_lazy("work for the same employer"),
    Rule.EXCLUSION: gettext_lazy("must not be paired with this person"),
    Rule.MUST: gettext_lazy("miss something that the programme requires"),
    Rule.FLOOR: gettext_lazy("score below the least score of the programme"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One criterion of a pair: its name, the points, and the facts in words."""

    label: str
    points: int
    most: int
    fact: str


@dataclass
class Lexicon:
    """The titles of the codes that some reasons mention, read at once."""

    occupations: dict[str, str] = field(default_factory=dict)
    sectors: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, components: Iterable[Mapping[str, Any]]) -> "Lexicon":
        """Read the titles of everything that the reasons mention: three queries however many there are."""
        wanted: dict[str, set[str]] = {name: set() for name in ("occupation", "industry", "place")}
        for parts in components:
            for name, codes in wanted.items():
                part = parts.get(name, {})
                codes.update({part.get("mentee", ""), part.get("mentor", "")} - {""})
        return cls(
            {o.code: o.title for o in Occupation.objects.filter(code__in=wanted["occupation"])},
            {s.code: s.title for s in Sector.objects.filter(code__in=wanted["industry"])},
            {p.code: p.name for p in Place.objects.filter(code__in=wanted["place"])},
        )


def reasons(components: Mapping[str, Any], lexicon: Lexicon) -> list[Reason]:
    """The reasons of a pair, in the order in which people read them; what counts for nothing is left out."""
    return [
        Reason(str(LABELS[criterion]), part["points"], part["most"], _fact(criterion, part, lexicon))
        for criterion in Criterion
        if (part := components.get(criterion.value)) and part.get("most")
    ]


def _fact(criterion: Criterion, part: Mapping[str, Any], lexicon: Lexicon) -> str:
    if "mentee" not in part:
        return ""
    return _WORDS[criterion](part["mentee"], part["mentor"], part["shared"], lexicon)


def _occupation(mine: str, theirs: str, shared: list[str], lexicon: Lexicon) -> str:
    titles = {"mine": lexicon.occupations.get(mine, mine), "theirs": lexicon.occupations.get(theirs, theirs)}
    digits = len(shared[0]) if shared else 0
    if digits == 5:
        return _("the same: %(mine)s") % titles
    if digits == 4:
        return _("closely related: %(mine)s – %(theirs)s") % titles
    if digits == 1:
        return _("the same field: %(mine)s – %(theirs)s") % titles
    return _("different fields: %(mine)s – %(theirs)s") % titles


def _teer(mine: str, theirs: str, shared: list[str], lexicon: Lexicon) -> str:
    if shared:
        return _("the same (TEER %(level)s)") % {"level": mine}
    return _("TEER %(mine)s – TEER %(theirs)s") % {"mine": mine, "theirs": theirs}


def _industry(mine: str, theirs: str, shared: list[str], lexicon: Lexicon) -> str:
    if not mine or not theirs:
        return _("not said by both")
    titles = {"mine": lexicon.sectors.get(mine, mine), "theirs": lexicon.sectors.get(theirs, theirs)}
    return (_("the same: %(mine)s") if shared else _("%(mine)s – %(theirs)s")) % titles


def _years(mine: str, theirs: str, shared: list[str], lexicon: Lexicon) -> str:
    return _("%(mine)s years – %(theirs)s years") % {"mine": mine, "theirs": theirs}


def _languages(mine: str, theirs: str, shared: list[str], lexicon: Lexicon) -> str:
    both = [one.split(":") for one in shared]
    spoken = sorted(((int(level), code) for code, level in both), reverse=True)
    return ", ".join(_("%(language)s, level %(level)s") % {"language": name_of(c), "level": n} for n, c in spoken)


def _listed(labels: Mapping[str, Any], shared: list[str]) -> str:
    return ", ".join(str(labels.get(one, one)) for one in shared)


def _goals(mine: str, theirs: str, shared: list[str], lexicon: Lexicon) -> str:
    if not mine:
        return _("the mentee named none")
    wanted = len(mine.split(";"))
    facts = {"n": number(len(shared)), "of": number(wanted), "goals": _listed(dict(Goal.choices), shared)}
    return (_("%(n)s of %(of)s: %(goals)s") if shared else _("%(n)s of %(of)s")) % facts


def _availability(mine: str, theirs: str, shared: list[str], lexicon: Lexicon) -> str:
    return _listed(dict(Slot.choices), shared) or _("no time in common")


def _place(mine: str, theirs: str, shared: list[str], lexicon: Lexicon) -> str:
    if "in_person" in shared and mine and mine == theirs:
        return _("in person in %(city)s") % {"city": lexicon.places.get(mine, mine)}
    if "virtual" in shared:
        return _("online")
    return _("in person, between two cities") if "in_person" in shared else _("no way in common")


def _seniority(mine: str, theirs: str, shared: list[str], lexicon: Lexicon) -> str:
    above = int(theirs) - int(mine)
    if above == 0:
        return _("on the same rung")
    if above < 0:
        return _("the mentor is further down")
    return ngettext("the mentor is %(n)s rung above", "the mentor is %(n)s rungs above", above) % {"n": number(above)}


def _waiting(mine: str, theirs: str, shared: list[str], lexicon: Lexicon) -> str:
    intakes = int(mine)
    if not intakes:
        return _("no intake missed")
    return ngettext("missed %(n)s intake", "missed %(n)s intakes", intakes) % {"n": number(intakes)}


_WORDS = {
    Criterion.OCCUPATION: _occupation,
    Criterion.TEER: _teer,
    Criterion.INDUSTRY: _industry,
    Criterion.YEARS: _years,
    Criterion.LANGUAGES: _languages,
    Criterion.GOALS: _goals,
    Criterion.AVAILABILITY: _availability,
    Criterion.PLACE: _place,
    Criterion.SENIORITY: _seniority,
    Criterion.WAITING: _waiting,
}


def cost(people: int, points: int, *, too_small: bool = False) -> str:
    """What choosing another pair would cost everybody together, at least."""
    if too_small:
        return _("Choosing this instead leaves a group too small.")
    if people > 0:
        return ngettext(
            "Choosing this instead leaves at least %(n)s more person without a mentor.",
            "Choosing this instead leaves at least %(n)s more people without a mentor.",
            people,
        ) % {"n": number(people)}
    if points <= 0:
        return _("Choosing this instead may cost nothing.")
    return ngettext(
        "Choosing this instead costs at least %(n)s point.",
        "Choosing this instead costs at least %(n)s points.",
        points,
    ) % {"n": number(points)}


def taken(counts: Mapping[str, int]) -> list[str]:
    """How many mentors each rule takes away from somebody, in the order in which the rules are tried."""
    return [
        ngettext("%(n)s mentor: %(why)s", "%(n)s mentors: %(why)s", counts[rule])
        % {"n": number(counts[rule]), "why": RULES[rule]}
        for rule in Rule
        if counts.get(rule)
    ]


def why_nobody(left: Mapping[str, Any]) -> str:
    """Why somebody has no mentor, in one sentence."""
    if not left["allowed"]:
        return _("No mentor of this run may be paired with this person.")
    if "rivals" not in left:
        return _in_no_group(left.get("leading", 0))
    rivals = left["rivals"]
    facts = {"n": number(rivals), "m": number(left["reach"]), "places": number(left["places"])}
    return _sentence(rivals - left["places"], facts)


def _in_no_group(leading: int) -> str:
    if not leading:
        return _("No group of the programme's size could be made with this person.")
    return ngettext(
        "The only mentor whose group this person could join has no place left.",
        "The %(n)s mentors whose groups this person could join have no place left.",
        leading,
    ) % {"n": number(leading)}


def _sentence(short: int, facts: dict[str, str]) -> str:
    text = ngettext(
        "%(n)s people can only be paired with the same %(m)s mentors, who have %(places)s places: "
        "whoever decides, at least %(short)s person goes without.",
        "%(n)s people can only be paired with the same %(m)s mentors, who have %(places)s places: "
        "whoever decides, at least %(short)s people go without.",
        short,
    )
    return text % {**facts, "short": number(short)}
