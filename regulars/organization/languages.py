"""The languages the console speaks, each by its own name."""

from django.conf import settings
from django.conf.locale import LANG_INFO


def languages() -> list[tuple[str, str]]:
    """List the languages, as a form's choices."""
    return [(code, LANG_INFO[code]["name_local"]) for code, _ in settings.LANGUAGES]
