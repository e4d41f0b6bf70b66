"""The privacy notice as it follows from the register of personal data: nothing is kept that is not on it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allies.kit.privacy import Blank, DeleteRow, Keep, Personal, Replace, Retention, declarations

# Names that other packages give in English only.
_THEIR_WORDS = {
    "authenticator": gettext_lazy("second step at sign-in"),
    "created at": gettext_lazy("made on"),
    "ip": gettext_lazy("network address"),
    "last seen at": gettext_lazy("last seen on"),
    "last used at": gettext_lazy("last used on"),
    "type": gettext_lazy("kind of second step"),
    "user agent": gettext_lazy("browser"),
    "user session": gettext_lazy("session"),
}


def _named(verbose_name: object) -> str:
    name = str(verbose_name)
    return str(capfirst(str(_THEIR_WORDS.get(name.lower(), name))))


@dataclass(frozen=True, slots=True)
class Line:
    """Personal fields of which the same is true, in words: what for, how long, and what erasing does to them."""

    names: tuple[str, ...]
    purpose: str
    kept: str
    erased: str


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of record; `is_own` when it belongs to a person with an account, who sees it under "My data"."""

    title: str
    is_own: bool
    lines: tuple[Line, ...]

    @property
    def count(self) -> int:
        """How many fields there are."""
        return sum(len(line.names) for line in self.lines)


def _erasing(rule: Personal) -> str | Promise:
    match rule.erase:
        case Keep(reason=reason):
            return reason
        case DeleteRow():
            return _("The whole record is deleted.")
        case Replace() | Blank():
            return _("Emptied or replaced by a placeholder.")


def notice() -> list[Part]:
    """Every kind of record with personal fields, the person's own first."""
    parts = []
    for declared in declarations():
        alike: dict[tuple[str, str, str], list[str]] = {}
        for name, rule in declared.personal.items():
            kept = rule.keep.label(declared.model) if isinstance(rule.keep, Retention) else rule.keep
            words = (str(rule.purpose), str(kept), str(_erasing(rule)))
            alike.setdefault(words, []).append(
                _named(getattr(declared.model._meta.get_field(name), "verbose_name", name))
            )
        lines = tuple(Line(tuple(names), *words) for words, names in alike.items())
        if lines:
            parts.append(Part(_named(declared.model._meta.verbose_name), bool(declared.owner), lines))
    return sorted(parts, key=lambda part: (not part.is_own, part.title))
