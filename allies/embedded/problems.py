"""The one kind of failure that a person at the terminal can do something about."""


class Problem(Exception):
    """Something stands in the way; the message says what it is and what to do."""
