"""What the registry's templates may say."""
