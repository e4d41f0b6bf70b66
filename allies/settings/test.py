"""What differs in tests: quick hashing, throw-away files; the second factor has tests of its own that switch it on."""

import tempfile
from pathlib import Path

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="allies-test-media-"))
STAFF_MFA_REQUIRED = False
