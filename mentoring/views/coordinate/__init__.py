"""The pages of a coordinator, before matching."""
