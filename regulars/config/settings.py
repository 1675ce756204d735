"""The one settings file. Every variable it reads is described in docs/settings.md."""

import secrets
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from regulars.config import env
from regulars.config.database import database
from regulars.config.logs import logs
from regulars.config.mail import mail
from regulars.ui.assets import fingerprint

PACKAGE = Path(__file__).resolve().parent.parent

REGULARS_DATA = env.folder("REGULARS_DATA", "data")
DEBUG = env.flag("REGULARS_DEBUG", default=False)


def _secret_key() -> str:
    """Read the installation's secret, made on first use and kept beside the data."""
    path = REGULARS_DATA / "secret_key"
    if not path.exists():
        env.make(REGULARS_DATA, name="REGULARS_DATA")
        candidate = path.with_name(f"secret_key.{secrets.token_hex(4)}")
        candidate.touch(mode=0o600)
        candidate.write_text(secrets.token_urlsafe(64))
        try:
            path.hardlink_to(candidate)
        except FileExistsError:
            pass  # another process was first; its key is the one that counts
        finally:
            candidate.unlink()
    return path.read_text().strip()


SECRET_KEY = env.text("REGULARS_SECRET_KEY", "") or _secret_key()
ALLOWED_HOSTS = env.words("REGULARS_HOSTS", "localhost,127.0.0.1,[::1]")
REGULARS_URL = env.text("REGULARS_URL", "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [REGULARS_URL]
HTTPS = REGULARS_URL.startswith("https://")
REGULARS_PROXIES = env.number("REGULARS_PROXIES", 0, least=0, most=9)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "regulars.ui",
    "regulars.lake",
    "regulars.work",
    "regulars.organization",
    "regulars.identify.timeline",
    "regulars.identify.customers",
    "regulars.identify.commerce",
    "regulars.identify.intake",
    "regulars.differentiate.metrics",
    "regulars.differentiate.value",
    "regulars.differentiate.segments",
    "regulars.differentiate.explore",
    "regulars.staff",
    "allauth",  # below ours, so that our templates stand before its own
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "regulars.organization.security.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "regulars.organization.security.OwnLanguage",
    "regulars.organization.security.NoNulCharacters",
    "regulars.staff.errors.ComputedLater",
]

ROOT_URLCONF = "regulars.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Each of the two would set the loaders for itself alone.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "regulars.staff.console.console",
            ],
        },
    }
]

DATABASES = {"default": database(env.text("DATABASE_URL", ""), folder=REGULARS_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organization.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "regulars.organization.staff.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # nobody signs up: an owner invites
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no letters to strangers on a passer-by's word
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Regulars · "
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/10m/ip,5/5m/key"}
MFA_ADAPTER = "regulars.organization.staff.sign_in.TwoFactorAdapter"
MFA_TOTP_ISSUER = "Regulars"
MFA_TOTP_TOLERANCE = 1  # clocks of phones go wrong by half a minute
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from the owner's invitation
MFA_RECOVERY_CODES_SHOW_ONCE = True
ALLAUTH_TRUSTED_PROXY_COUNT = REGULARS_PROXIES

# Counters against guessing must be one for all processes and machines: the database has them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "organization_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "regulars.staff.errors.not_sent_by_us"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if REGULARS_PROXIES else None

EMAIL = mail(env.text("REGULARS_EMAIL_URL", "console:"))
EMAIL_BACKEND = EMAIL.backend
EMAIL_HOST, EMAIL_PORT = EMAIL.host, EMAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL.user, EMAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL.start_tls, EMAIL.tls
EMAIL_FILE_PATH = EMAIL.folder
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("REGULARS_EMAIL_FROM", "Regulars <regulars@localhost>")

LOGGING = logs(level="INFO")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "regulars.config.formats"
TIME_ZONE = "UTC"
USE_TZ = True

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a segment of two hundred conditions travels in its form

STATIC_URL = "static/" if DEBUG else f"static/{fingerprint()}/"
MEDIA_ROOT = REGULARS_DATA / "files"
WHITENOISE_USE_FINDERS = True  # straight from the apps: nothing is collected
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = "(?!)" if DEBUG else "."  # every name has the release in it

REGULARS_LAKE = env.text("REGULARS_LAKE", str(REGULARS_DATA / "lake"))
REGULARS_LAKE_ENGINE = env.one_of("REGULARS_LAKE_ENGINE", "duckdb", "spark")
REGULARS_SPARK = env.text("REGULARS_SPARK", "local[*]")
REGULARS_SPARK_LAKE = env.text("REGULARS_SPARK_LAKE", "")
REGULARS_MEMORY_MB = env.number("REGULARS_MEMORY_MB", 4096, least=256, most=1_048_576)
REGULARS_UPLOAD_MB = env.number("REGULARS_UPLOAD_MB", 2048, least=1, most=1_048_576)
REGULARS_UNDO_DAYS = env.number("REGULARS_UNDO_DAYS", 30, least=1, most=3650)
REGULARS_UNPACKED_MB = env.number("REGULARS_UNPACKED_MB", 8192, least=1, most=1_048_576)
