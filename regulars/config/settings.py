"""The one settings file. Every variable it reads is described in docs/settings.md."""

import secrets
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from regulars.config import env
from regulars.config.database import database

PACKAGE = Path(__file__).resolve().parent.parent

REGULARS_DATA = env.folder("REGULARS_DATA", "data")
DEBUG = env.flag("REGULARS_DEBUG", default=False)


def _secret_key() -> str:
    """Read the installation's secret, made on first use and kept beside the data."""
    path = REGULARS_DATA / "secret_key"
    if not path.exists():
        REGULARS_DATA.mkdir(parents=True, exist_ok=True)
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

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton",
    "django_htmx",
    "template_partials",
    "regulars.ui",
    "regulars.lake",
    "regulars.work",
    "regulars.organization",
    "regulars.identify.timeline",
    "regulars.identify.customers",
    "regulars.identify.commerce",
    "regulars.identify.intake",
    "regulars.differentiate.metrics",
    "regulars.staff",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
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
]

ROOT_URLCONF = "regulars.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
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
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = REGULARS_DATA / "static"
MEDIA_ROOT = REGULARS_DATA / "files"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

REGULARS_LAKE = env.text("REGULARS_LAKE", str(REGULARS_DATA / "lake"))
REGULARS_MEMORY_MB = env.number("REGULARS_MEMORY_MB", 4096, least=256, most=1_048_576)
