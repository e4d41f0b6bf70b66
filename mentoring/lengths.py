"""Lengths of time in words, as people say them: 45 min, 1 h, 1 h 30 min."""

from django.utils.translation import gettext as _


def spell(minutes: int) -> str:
    """Write minutes as hours and minutes."""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
