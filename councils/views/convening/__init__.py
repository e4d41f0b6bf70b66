"""Whom a council convenes, as its workspace shows it."""
