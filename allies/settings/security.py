"""Sign-in, sessions, cookies, headers and the content security policy."""

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from allies.settings.base import ALLIES_BASE_URL
from allies.settings.env import PLACE, PRODUCTION, env

ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [] if PRODUCTION else ["*"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [ALLIES_BASE_URL])

AUTH_USER_MODEL = "councils.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_rules = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _rules + "UserAttributeSimilarityValidator"},
    {"NAME": _rules + "MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": _rules + "CommonPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "councils:my-start"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "councils.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "councils.forms.account.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
# Only in the browser that signed up, which still knows who typed the password; any other asks for it.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int("TRUSTED_PROXY_COUNT", 1 if PRODUCTION else 0)
TRUSTED_PROXY_COUNT = ALLAUTH_TRUSTED_PROXY_COUNT
ACCOUNT_FORMS = {
    "login": "councils.forms.signin.LoginForm",
    "signup": "councils.forms.signin.SignupForm",
    "add_email": "councils.forms.signin.AddEmailForm",
    "reset_password": "councils.forms.signin.ResetPasswordForm",
    "reset_password_from_key": "councils.forms.signin.ResetPasswordKeyForm",
    "change_password": "councils.forms.signin.ChangePasswordForm",
    "reauthenticate": "councils.forms.signin.ReauthenticateForm",
}
MFA_ADAPTER = "councils.adapters.MfaAdapter"
MFA_FORMS = {
    "authenticate": "councils.forms.signin.CodeForm",
    "reauthenticate": "councils.forms.signin.CodeAgainForm",
    "activate_totp": "councils.forms.signin.ActivateForm",
    "add_webauthn": "councils.forms.signin.AddKeyForm",
    "edit_webauthn": "councils.forms.signin.EditKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "ALLIES"
# Half a minute before and after, as RFC 6238 advises: for who types slowly, and for a clock that is a little off.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TRUST_ENABLED = False
USERSESSIONS_TRACK_ACTIVITY = True
# Staff must use a second factor; the demonstration's public accounts could not be opened with one.
STAFF_MFA_REQUIRED: bool = env.bool("STAFF_MFA_REQUIRED", PLACE != "demo") or PRODUCTION

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "allies_session"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "allies_csrf"
CSRF_FAILURE_VIEW = "allies.kit.views.errors.csrf_failed"
LANGUAGE_COOKIE_SECURE = PRODUCTION
LANGUAGE_COOKIE_SAMESITE = "Lax"

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION and TRUSTED_PROXY_COUNT else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# The largest file that may be handed in, a table of labour figures, with room for the rest of its form.
REQUEST_MOST_BYTES = 64 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Whom to tell about a weakness: a mailto: or https: address, shown in /.well-known/security.txt.
SECURITY_CONTACT: str = env.str("SECURITY_CONTACT", "mailto:security@demo.example")

SITE_NAME = _("ALLIES portal")

# Views of these packages bring their own doors; the access matrix still lists each of their URLs.
GATE_EXEMPT_MODULES = ["allauth.", "django.contrib.admin", "django.contrib.contenttypes", "import_export."]
