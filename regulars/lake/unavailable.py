"""What keeps a chosen engine from being used."""

from django.core.exceptions import ImproperlyConfigured


class EngineUnavailable(ImproperlyConfigured):
    """The engine of questions cannot be used here and now; the sentence says what to do."""
