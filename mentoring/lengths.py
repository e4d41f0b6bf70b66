"""Lengths of time in words, as people say them: 45 min, 1 h, 1 h 30 min."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def spell(minutes: int) -> str:
    """Write minutes as hours and minutes."""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


def whole(minutes: int) -> str:
    """Write a sum of minutes as whole hours; less than one hour is written exactly."""
    return spell(minutes) if 0 < minutes < 60 else _("%(hours)s h") % {"hours": int(minutes) // 60}


def told(minutes: int) -> str:
    """Say a sum of minutes in a sentence: 24 hours; less than one hour in minutes."""
    hours = int(minutes) // 60
    if hours:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": int(minutes)}
