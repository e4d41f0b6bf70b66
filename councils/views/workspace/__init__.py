"""What a council's staff do in their workspace."""
