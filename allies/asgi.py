"""The ASGI door of the portal."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allies.settings")

application = get_asgi_application()
