"""Read what mentoring keeps."""
