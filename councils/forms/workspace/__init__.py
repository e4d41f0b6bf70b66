"""What a council's staff fill in about their own council."""
