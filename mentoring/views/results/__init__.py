"""Results: by cohort, written down for good, against targets, and as models for other councils."""
