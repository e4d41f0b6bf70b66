"""The administration: every table, with search, filters and history, and nothing that breaks what is on record."""

from councils.admin import events, facts, kit, people, reference, registry, table, telling

__all__ = ["events", "facts", "kit", "people", "reference", "registry", "table", "telling"]
