"""The rows of the access matrix, one module for each part of the portal."""
