"""Employers whose staff mentor: the council's pages, the champion's, and those of the people who are invited."""
