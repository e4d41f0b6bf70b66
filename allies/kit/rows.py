"""The one ancestor of every table."""

import uuid

from django.db import models


class Row(models.Model):
    """A row known by a random identifier, so that addresses and exports tell nothing about how many there are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
