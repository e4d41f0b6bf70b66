"""Wait until the demonstration's first page answers, then say where it is and who can sign in."""

import os
import signal
import sys
import time
import urllib.error
import urllib.request

PASSWORD = "allies-demo"  # noqa: S105 - public by design; production has no such account
ACCOUNTS = (
    ("admin@demo.example", "administers the portal"),
    ("national@demo.example", "national staff"),
    ("coach@demo.example", "coaches councils"),
    ("committee@demo.example", "decides on grants"),
    ("director.halifax@demo.example", "leads the council in Halifax"),
    ("coordinator.halifax@demo.example", "coordinates in Halifax"),
    ("coordinator.calgary@demo.example", "coordinates in Calgary"),
    ("mentor@demo.example", "mentors in Halifax"),
    ("mentee@demo.example", "a skilled newcomer with a mentor"),
    ("newcomer@demo.example", "a skilled newcomer who waits for one"),
    ("employer@demo.example", "an employer"),
)
_PATIENCE = 120


def main(address: str) -> int:
    """Ask for the first page until it comes, then print the welcome."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        status = _status_of(f"{address}/en/")
        if status == 200:
            print(welcome(address), flush=True)
            return 0
        if status is not None:
            print(f"The first page, {address}/en/, answers with {status}; the lines above say why.", file=sys.stderr)
            return 1
        time.sleep(0.1)
    print(f"The portal at {address} has not answered for {_PATIENCE} seconds.", file=sys.stderr)
    return 1


def welcome(address: str) -> str:
    """Word the welcome."""
    width = max(len(email) for email, _ in ACCOUNTS)
    lines = [
        "",
        "  The portal is ready.",
        "",
        f"    English   {address}/en/",
        f"    Français  {address}/fr/",
        "",
        f"  Sign in as one of these, with the password {PASSWORD}",
        "",
        *(f"    {email:<{width}}   {who}" for email, who in ACCOUNTS),
        "",
        "  Press Ctrl-C to stop.",
        "",
    ]
    if "DEMO_STARTED" in os.environ:
        lines[1] = f"  The portal is ready after {time.time() - float(os.environ['DEMO_STARTED']):.1f} seconds."
    return "\n".join(lines)


def _status_of(url: str) -> int | None:
    """Give the status of a page, or nothing while nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own address
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return None


if __name__ == "__main__":
    # Ctrl-C while waiting is no reason for a page of words.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(main(sys.argv[1]))
