"""What mentoring's templates may say."""
