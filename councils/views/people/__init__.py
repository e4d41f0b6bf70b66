"""A council's people, their roles and invitations."""
