"""Settings, by subject; everything that differs between places comes from the environment."""

from allies.settings.base import *  # noqa: F403
from allies.settings.env import PLACE
from allies.settings.jobs import *  # noqa: F403
from allies.settings.logs import *  # noqa: F403
from allies.settings.security import *  # noqa: F403

if PLACE == "test":
    from allies.settings.test import *  # noqa: F403
