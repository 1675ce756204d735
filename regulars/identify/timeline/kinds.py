"""Event kinds, declared once by the app that owns them."""

from dataclasses import dataclass

from django.utils.functional import Promise

_kinds: dict[str, "Kind"] = {}


class DeclaredTwice(Exception):
    """Two apps declare one event kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a kind of event is called, how it reads, and whether the customer sees it.

    ``sentence`` may name properties of the event in braces, as in "Wrote a review of {product}".
    """

    name: str
    sentence: str | Promise
    label: str | Promise
    icon: str = "dot"
    visible_to_customer: bool = True
    theirs: bool = True


def declare(
    name: str,
    sentence: str | Promise,
    *,
    label: str | Promise = "",
    icon: str = "dot",
    visible_to_customer: bool = True,
    theirs: bool = True,
) -> Kind:
    """Declare an event kind and return it. ``theirs``: the customer did it, and not the shop.

    ``label`` is what it is called in a list, by default its name.

    Raises DeclaredTwice when the name is taken.
    """
    if name in _kinds:
        raise DeclaredTwice(f"The event kind {name!r} is declared twice.")
    kind = Kind(
        name=name,
        sentence=sentence,
        label=label or name,
        icon=icon,
        visible_to_customer=visible_to_customer,
        theirs=theirs,
    )
    _kinds[name] = kind
    return kind


def kinds() -> dict[str, Kind]:
    """Return every declared kind by its name."""
    return dict(_kinds)
