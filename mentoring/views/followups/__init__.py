"""Follow-up: the link that asks, the calls that staff make, and what came of it all."""
