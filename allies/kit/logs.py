"""Structured logs: one line an event, with identifiers, never with a name, an address or a secret."""

import logging.config
import re
from collections.abc import MutableMapping
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied

HIDDEN = "[hidden]"
_PRIVATE_KEYS = re.compile(
    r"(^|_)(e?mail|to|name|first_name|last_name|phone|address|ip|password|secret|token|cookie|authorization|key|body|data)$"
)
_PUBLIC_KEYS = frozenset({"logger_name", "route_name", "task_name", "queue_name", "func_name"})
_EMAIL = re.compile(r"[^\s<>()\"',;:=]+@[^\s<>()\"',;:=]+\.[^\s<>()\"',;:=]+")
# Postgres repeats the refused values in its messages.
# Django names the path of what went wrong, and a path may hold a token; the request's own line names the route.
_PATH = re.compile(r"^([A-Z][A-Za-z -]+(?: \([^)]*\))?): /\S*$")
_DATABASE_DETAIL = re.compile(r"(Key \([^)]*\)=|Failing row contains )\(.*\)")

Event = MutableMapping[str, Any]


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _DATABASE_DETAIL.sub(rf"\1({HIDDEN})", _EMAIL.sub(HIDDEN, value))
    if isinstance(value, dict):
        return {k: HIDDEN if _private(k) else _clean(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(v) for v in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return _clean(str(value))


def _private(key: object) -> bool:
    text = str(key).lower()
    return text not in _PUBLIC_KEYS and bool(_PRIVATE_KEYS.search(text))


def redact(_logger: Any, _method: str, event: Event) -> Event:
    """Hide values that are personal or secret by their key, and e-mail addresses wherever they stand."""
    for key, value in list(event.items()):
        if not key.startswith("_"):
            event[key] = HIDDEN if _private(key) else _clean(value)
    if isinstance(event.get("event"), str) and str(event.get("logger", "")).startswith("django."):
        event["event"] = _PATH.sub(r"\1", event["event"])
    return event


def without_refusals(_logger: Any, _method: str, event: Event) -> Event:
    """Leave out where in the code somebody was refused: that is an answer, and its line says so; faults keep theirs."""
    raised = event.get("exc_info")
    if isinstance(raised, tuple) and isinstance(raised[1], PermissionDenied):
        del event["exc_info"]
    return event


def configure(*, level: str = "INFO", json: bool = True) -> dict[str, Any]:
    """Set up structlog and the standard library's logging to write the same lines; gives the logging settings."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(allow=()),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any] = [without_refusals, structlog.processors.format_exc_info, redact]
    last.append(structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=False))
    settings: dict[str, Any] = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        # The request line below says the same with the request's id.
        "loggers": {"django.server": {"handlers": [], "level": "ERROR"}},
    }
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    logging.config.dictConfig(settings)
    return settings


def bind(**values: object) -> None:
    """Add identifiers to every line that follows in this request or task."""
    structlog.contextvars.bind_contextvars(**{key: str(value) for key, value in values.items()})
