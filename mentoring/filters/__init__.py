"""How lists of mentoring are narrowed."""
