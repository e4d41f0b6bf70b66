"""Change what mentoring keeps."""
