"""The lists of mentoring."""
