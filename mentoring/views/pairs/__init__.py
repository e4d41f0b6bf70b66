"""Pairs: the page of the two people, and the pages of the staff."""
