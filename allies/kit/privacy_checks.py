"""System check: a field that could tell something about a person declares whether it does."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.checks import CheckMessage, Error, register
from django.db import models

from allies.kit.privacy import declarations

# Text (which covers e-mail, address and slug fields), dates, files, JSON, lists, network addresses, bytes.
_TELLING = (
    models.CharField,
    models.TextField,
    models.DateField,
    models.FileField,
    models.JSONField,
    models.GenericIPAddressField,
    models.BinaryField,
    ArrayField,
)


def own_models() -> Iterator[type[models.Model]]:
    """Give the models of the portal's own apps."""
    for config in apps.get_app_configs():
        if "site-packages" not in config.path:
            yield from config.get_models()


def telling_fields(model: type[models.Model]) -> list[str]:
    """Name the fields of a model that could tell something about a person."""
    return [column.name for column in model._meta.local_fields if isinstance(column, _TELLING)]


@register()
def every_telling_field_is_declared(**_: Any) -> list[CheckMessage]:
    """Refuse a telling field that is declared neither personal nor not personal."""
    known = {d.model: d.not_personal | set(d.personal) for d in declarations()}
    return [
        Error(
            f"{model._meta.label}.{name} is declared neither personal nor not personal.",
            hint="Declare it in the privacy module of its app.",
            obj=model,
            id="kit.E010",
        )
        for model in own_models()
        for name in telling_fields(model)
        if name not in known.get(model, set())
    ]
