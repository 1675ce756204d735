"""What uses a field that staff defined, and would be left without it.

An app above says what of its own uses a field in a module ``field_uses``, which is found by itself.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.module_loading import autodiscover_modules

from regulars.identify.customers.models import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldUse:
    """Something that uses a field; without ``url`` where not everybody may see it."""

    name: str
    url: str


Finder = Callable[[Field], Iterable[FieldUse]]
_finders: list[Finder] = []


def finds_field_uses(finder: Finder) -> Finder:
    """Make known what uses fields."""
    _finders.append(finder)
    return finder


def uses_of_field(field: Field) -> list[FieldUse]:
    """Return everything in use that names a field."""
    _discover()
    return [use for finder in _finders for use in finder(field)]


@cache
def _discover() -> None:
    autodiscover_modules("field_uses")
