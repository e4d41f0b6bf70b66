"""What mentoring does in the background."""

from mentoring.tasks import followups, mentors, pairs, runs, thanks

__all__ = ["followups", "mentors", "pairs", "runs", "thanks"]
