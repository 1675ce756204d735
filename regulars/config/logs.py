"""One line for what somebody should know, on the error stream."""

from typing import Any


def logs(*, level: str) -> dict[str, Any]:
    """Describe the logging: our own words from ``level`` on, others' from WARNING on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "regulars": {"level": level},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},  # a page that is not there is no news
        },
    }
