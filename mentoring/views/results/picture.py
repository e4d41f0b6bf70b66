"""Results as a picture: bars for each indicator over the waves."""

from django.utils.translation import gettext as _

from allies.kit import charts
from mentoring.queries.results import Results


def picture(results: Results) -> charts.Chart | None:
    """Draw the shares that may be told and are worth reading; None where no indicator has two of them."""
    rows = [
        (str(line.measure.label), str(asking.label), round(100 * share.rate))
        for line, cells in results.rows
        for asking, share in cells
        if share and not share.is_thin
    ]
    names = [name for name, _when, _value in rows]
    if not any(names.count(name) > 1 for name in names):
        return None
    title = _("Of those who answered, in per cent")
    description = _("For each indicator a bar at the start and at each later time, where enough people answered.")
    return charts.groups(title, description, _("per cent"), rows, head=_("Indicator"))
