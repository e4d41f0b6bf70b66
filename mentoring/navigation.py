"""Mentoring's links in the header and in a council's workspace."""

from allies.kit.ui import navigation


def register() -> None:
    """Add mentoring's links."""
    navigation.add_sections()
