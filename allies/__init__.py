"""The portal of the ALLIES network of Immigrant Employment Councils."""

from allies.celery import app as celery_app

__all__ = ["celery_app"]
