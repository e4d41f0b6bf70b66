"""Erase what has been kept as long as it was meant to be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from allies.kit import audit
from allies.kit.erasure import erase_fields, still_there
from allies.kit.privacy import Declaration, Keep, Retention, declarations
from allies.kit.scope import across

logger = structlog.get_logger(__name__)
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows of a model a rule erased (or would erase), in which fields."""

    model: type[models.Model]
    rule: Retention
    fields: tuple[str, ...]
    rows: int


def apply(*, now: datetime | None = None, dry_run: bool = False) -> list[Outcome]:
    """Apply every retention rule; gives the outcomes with at least one row."""
    moment, outcomes = now or timezone.now(), []
    with across():
        for part, rule in _by_rule():
            due = _due(part, rule, moment)
            rows = due.count() if dry_run else _erase(part, due)
            if rows:
                outcomes.append(Outcome(part.model, rule, tuple(part.personal), rows))
    return outcomes


def _by_rule() -> Iterator[tuple[Declaration, Retention]]:
    """Split each declaration into one for each of its rules."""
    for declaration in declarations():
        rules: dict[Retention, dict[str, object]] = {}
        for name, about in declaration.personal.items():
            if isinstance(about.keep, Retention) and not isinstance(about.erase, Keep):
                rules.setdefault(about.keep, {})[name] = about
        for rule, fields in rules.items():
            yield Declaration(declaration.model, declaration.owner, dict(fields)), rule  # type: ignore[arg-type]


def _due(part: Declaration, rule: Retention, now: datetime) -> models.QuerySet[models.Model]:
    left = Q(pk__in=[])
    for name, about in part.personal.items():
        left |= still_there(part, name, about.erase)
    old = {f"{rule.after}__lt": now - timedelta(days=rule.days)}
    return part.model._base_manager.filter(left, **old).order_by("pk").distinct()


def _erase(part: Declaration, due: models.QuerySet[models.Model]) -> int:
    total, keys = 0, list(due.values_list("pk", flat=True)[:_BATCH])
    while keys:
        with transaction.atomic():
            names = erase_fields(part, keys)
            if part.deletes_rows:
                part.model._base_manager.filter(pk__in=keys).delete()
            audit.record(
                "kit.kept_long_enough", by=None, fields=names, reason=f"{len(keys)} × {part.model._meta.label}"
            )
        total += len(keys)
        logger.info("retention_applied", model=part.model._meta.label, rows=len(keys))
        # Onward by key: a row that somehow stays due is not met again.
        keys = list(due.filter(pk__gt=keys[-1]).values_list("pk", flat=True)[:_BATCH])
    return total
