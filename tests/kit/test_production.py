"""Production as the environment describes it: clean, strict, and not started at all with an unsafe value."""

import json
import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings as here

PRODUCTION = {
    "ALLIES_ENV": "production",
    "ALLIES_BASE_URL": "https://portal.example.org",
    "ALLOWED_HOSTS": "portal.example.org",
    "DEFAULT_FROM_EMAIL": "portal@portal.example.org",
    "EMAIL_URL": "smtp://mail.example.org:587",
    "SECURITY_CONTACT": "mailto:security@portal.example.org",
    "SECRET_KEY": secrets.token_urlsafe(60),
}
# One request over plain HTTP, one over HTTPS.
ASK = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
ask = dict(HTTP_HOST="portal.example.org")
plain = Client().get("/en/", **ask)
page = Client().get("/healthz", secure=True, **ask)
print(json.dumps({
    "plain": [plain.status_code, plain["Location"]],
    "headers": dict(page.headers),
    "cookies": [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME],
    "secure": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY],
    "staff": settings.STAFF_MFA_REQUIRED,
    "mail": settings.EMAIL_BACKEND,
    "hasher": settings.PASSWORD_HASHERS[0],
    "hours": settings.SESSION_COOKIE_AGE / 3600,
}))
"""


def production(*command, **changes):
    """Run Python as production would; a value of None takes a name away."""
    kept = {name: os.environ[name] for name in ("PATH", "DATABASE_URL", "REDIS_URL", "HOME") if name in os.environ}
    facts = kept | {"DJANGO_SETTINGS_MODULE": "allies.settings"} | PRODUCTION | changes
    return subprocess.run(
        [sys.executable, *command],
        cwd=here.BASE_DIR,
        env={name: value for name, value in facts.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_check_before_a_release_finds_nothing():
    done = production("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n"), done.stderr


def test_pages_go_over_https_with_strict_headers_and_cookies_of_this_host_alone():
    done = production("-c", ASK)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    headers = told["headers"]
    assert told["plain"] == [301, "https://portal.example.org/en/"]
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert told["cookies"] == ["__Host-session", "__Host-csrf"]
    assert told["secure"] == [True, True, True]
    assert told["staff"] is True
    assert told["hasher"].endswith(".Argon2PasswordHasher")
    assert told["hours"] == 8
    assert told["mail"].endswith("smtp.EmailBackend")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": None}, 'Environment variable "SECRET_KEY" not set'),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too weak: use at least 50 random characters."),
        ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY is too weak: use at least 50 random characters."),
        ({"ALLIES_DEMO": "1"}, "opens accounts with a public password: it cannot run with ALLIES_ENV=production."),
        ({"ALLIES_ENV": "prodution"}, "Must be one of: production, demo, test, development."),
        ({"TRUSTED_PROXY_COUNT": "one"}, 'Environment variable "TRUSTED_PROXY_COUNT" invalid'),
        ({"DATABASE_URL": None}, 'Environment variable "DATABASE_URL" not set'),
    ],
)
def test_an_unsafe_or_missing_value_stops_the_start_with_a_sentence(changes, sentence):
    done = production("-c", "import django; django.setup()", **changes)
    assert done.returncode == 1
    assert sentence in done.stderr


def test_staff_cannot_be_let_off_the_second_factor():
    done = production("-c", ASK, STAFF_MFA_REQUIRED="0")
    assert json.loads(done.stdout.splitlines()[-1])["staff"] is True
