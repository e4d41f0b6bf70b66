#!/usr/bin/env python
"""Run an administrative command of the portal."""

import os
import sys

# These work on files alone, also on a computer that knows no database.
ON_FILES_ALONE = {"match_files"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allies.settings")
    if sys.argv[1:2] and sys.argv[1] in ON_FILES_ALONE:
        os.environ.setdefault("DATABASE_URL", "postgres://nowhere")
        os.environ.setdefault("REDIS_URL", "redis://nowhere")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
