"""What the registry asks."""
