"""The administration of mentoring: every table, with search, filters and history; states move on the pages alone."""

from mentoring.admin import applications, matching, mentors, pairs, programmes, sentences

__all__ = ["applications", "matching", "mentors", "pairs", "programmes", "sentences"]
