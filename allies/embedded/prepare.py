"""Make the demonstration's database and files ready; every step may be repeated."""

import sys
import time

import django
from django.core.management import CommandError, call_command

# What is shown to the person waiting, and the command with its options.
STEPS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("Bring the database up to date", "migrate", {"verbosity": 0, "interactive": False}),
    ("Compile the translations", "compile_translations", {"verbosity": 0}),
    ("Collect styles, scripts and pictures", "collectstatic", {"verbosity": 0, "interactive": False}),
    ("Load the reference tables", "load_reference", {"verbosity": 0}),
    ("Load the network", "load_network", {"verbosity": 0}),
    ("Load the demonstration's people", "load_demo", {"verbosity": 0}),
)


def main() -> int:
    """Take each step and say how long it took."""
    django.setup()
    for label, command, options in STEPS:
        started = time.monotonic()
        print(f"  {label} …", end="", flush=True)
        try:
            call_command(command, **options)
        except CommandError as error:
            print(f"\n{error}", file=sys.stderr)
            return 1
        print(f" {time.monotonic() - started:.1f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
