"""The pages of a newcomer up to the interview."""
