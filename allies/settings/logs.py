"""Structured logs: one JSON line an event, with the request's id, never a name or an e-mail address."""

from allies.kit.logs import configure
from allies.settings.env import PLACE, env

LOG_LEVEL: str = env.str("LOG_LEVEL", "WARNING" if PLACE == "test" else "INFO")
LOGGING_CONFIG = None
LOGGING = configure(level=LOG_LEVEL, json=PLACE in ("production", "demo"))
