"""Soft-skills modules: a programme's list for its staff, and the ticks of the two of a pair."""
