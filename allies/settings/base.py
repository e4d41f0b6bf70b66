"""What the portal is made of: apps, templates, database, languages, files, mail."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from allies.settings.env import DEMO, PLACE, PRODUCTION, env, secret

BASE_DIR = Path(__file__).resolve().parents[2]

DEBUG: bool = False if PRODUCTION else env.bool("DEBUG", False)
SECRET_KEY = secret("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLIES_PLACE = PLACE
ALLIES_DEMO = DEMO
ALLIES_BASE_URL: str = env.str("ALLIES_BASE_URL", "http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    "allies.kit",
    "councils",
    "mentoring",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "import_export",
]

MIDDLEWARE = [
    "allies.kit.middleware.RequestIdMiddleware",
    "allies.kit.middleware.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allies.kit.middleware.LanguageMiddleware",
    "allies.kit.middleware.RequestSizeMiddleware",
    "allies.kit.middleware.PrivatePagesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allies.kit.middleware.LastSeenMiddleware",
    "councils.middleware.StaffMfaMiddleware",
]

ROOT_URLCONF = "allies.urls"
WSGI_APPLICATION = "allies.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "allies.kit.ui.context.site",
            ],
        },
    }
]
FORM_RENDERER = "allies.kit.ui.renderer.Renderer"
DJANGO_TABLES2_TEMPLATE = "ui/table.html"

DATABASES = {
    "default": {
        **env.dj_db_url("DATABASE_URL"),
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": env.bool("PGBOUNCER", False),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL: str = env.str("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "allies",
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Toronto"
LANGUAGE_COOKIE_NAME = "allies_language"

STATIC_URL = "/static/"
STATIC_ROOT: Path = env.path("STATIC_ROOT", BASE_DIR / ".allies" / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT: Path = env.path("MEDIA_ROOT", BASE_DIR / ".allies" / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PLACE in ("production", "demo")
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = PLACE in ("development", "test")

_mail = env.dj_email_url("EMAIL_URL", "smtp://localhost:25" if PRODUCTION else "console://")
EMAIL_BACKEND: str = _mail["EMAIL_BACKEND"]
EMAIL_HOST: str = _mail["EMAIL_HOST"] or ""
EMAIL_PORT: int = _mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER: str = _mail["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD: str = _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS: bool = _mail["EMAIL_USE_TLS"]
EMAIL_USE_SSL: bool = _mail["EMAIL_USE_SSL"]
EMAIL_FILE_PATH: str = _mail["EMAIL_FILE_PATH"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", "ALLIES <portal@demo.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
