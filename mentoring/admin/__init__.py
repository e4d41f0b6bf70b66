"""The administration of mentoring: every table, with search, filters and history; states move on the pages alone."""

from mentoring.admin import applications, employers, matching, mentors, pairs, programmes, results, sentences

__all__ = ["applications", "employers", "matching", "mentors", "pairs", "programmes", "results", "sentences"]
