"""The pages of matching: runs and their review for the council's staff, offers for the two who are asked."""
