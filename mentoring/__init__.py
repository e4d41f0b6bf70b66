"""Mentoring: from an online application to a job, a year later."""
