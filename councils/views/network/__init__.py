"""The pages of national staff."""
