"""What mentoring does in the background."""

from mentoring.tasks import followups, mentors, pairs, runs

__all__ = ["followups", "mentors", "pairs", "runs"]
