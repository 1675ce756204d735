"""How a dimension is declared: what it is about, where it is read, and how its values are said."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from regulars.differentiate.explore.grains import About
from regulars.differentiate.explore.scope import Scope
from regulars.organization.public import Brand

if TYPE_CHECKING:
    import ibis

Text = str | Promise
LARGEST = 2**63
Words = Callable[[Brand, Collection[str]], Mapping[str, str]]

UNKNOWN, OTHERS = "", "\N{HORIZONTAL ELLIPSIS}others"
"""Two values every dimension has: nothing is known; not among the largest that are shown."""


def _as_they_are(_brand: Brand, values: Collection[str]) -> Mapping[str, str]:
    return {value: value for value in values}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """What figures can be split by. ``column`` reads it from a table that is about it, null for
    the unknown.

    ``in_order`` dimensions have an order of their own, such as days, and are shown in it whole; of
    the others the largest come first. ``read`` takes a value as an address or a file writes it;
    ``words`` says values to a person; ``every`` lists values that should be shown though empty.
    What is not ``offered`` is for pages that open a figure; what is ``personal``, for those who may
    see personal data.
    """

    key: str
    label: Text
    sentence: Text
    about: About
    column: Callable[["ibis.Table", Scope], "ibis.Value"]
    group: Text = ""
    in_order: bool = False
    in_time: bool = False
    read: Callable[[str], Any] = str
    words: Words = _as_they_are
    unknown: Text = ""
    every: tuple[str, ...] = ()
    offered: bool = True
    personal: bool = False

    def is_offered(self, *, masked: bool) -> bool:
        """Whether one may choose it; ``masked`` is who may not see personal data."""
        return self.offered and not (masked and self.personal)

    def said(self, brand: Brand, values: Collection[str]) -> dict[str, str]:
        """Say values to a person."""
        known = {value for value in values if value not in {UNKNOWN, OTHERS}}
        words = {UNKNOWN: str(self.unknown or pgettext("value", "unknown")), OTHERS: _("others")}
        return {**{value: value for value in known}, **self.words(brand, known), **words}


def day_from(text: str) -> date:
    """Read a day as ``2025-11-20``. Raises ValueError."""
    return date.fromisoformat(text)


def number_from(text: str) -> int:
    """Read a whole number that a column may hold. Raises ValueError."""
    number = int(text)
    if abs(number) >= LARGEST:
        raise ValueError(text)
    return number


def column(name: str) -> Callable[["ibis.Table", Scope], "ibis.Value"]:
    """Read a column of text in which nothing is written for the unknown."""
    return lambda table, scope: table[name].nullif("")  # noqa: ARG005


def plain(name: str) -> Callable[["ibis.Table", Scope], "ibis.Value"]:
    """Read a column as it is."""
    return lambda table, scope: table[name]  # noqa: ARG005
