"""What a condition says when it is added, before anybody chose anything."""

from collections.abc import Mapping
from typing import Any

from regulars.differentiate.segments.family import Family, families
from regulars.differentiate.segments.values import Subject, ValueKind, visible
from regulars.organization.public import Brand

BEGINS: Mapping[ValueKind, Mapping[str, Any]] = {
    ValueKind.NUMBER: {"is": "at_least", "value": 1},
    ValueKind.MONEY: {"is": "at_least"},
    ValueKind.TEXT: {"is": "one_of"},
    ValueKind.PATH: {"is": "under"},
    ValueKind.CHOICE: {"is": "one_of"},
    ValueKind.DAY: {"is": "in_last_days", "value": 30},
    ValueKind.YES_NO: {"is": "yes"},
    ValueKind.WHETHER: {"is": "yes"},
}


def fresh(key: str, brand: Brand, *, masked: bool = False) -> dict[str, Any]:
    """Return a new condition of a family as JSON; what nobody can guess is left out."""
    family = families().get(key)
    if family is None:
        return {"condition": key}
    told: dict[str, Any] = {"condition": key}
    told |= {extra.name: extra.start for extra in family.extras if extra.start is not None}
    told |= family.start
    if "about" not in told:
        subject = next(iter(visible(family.subjects(brand), masked=masked)), None)
        told |= compared_anew(subject) if subject else {}
    return told


def fresh_filter(family: Family, brand: Brand, *, masked: bool = False) -> dict[str, Any]:
    """Return a new filter on the facts of a family as JSON."""
    listed = family.filters(brand) if family.filters else ()
    subject = next(iter(visible(listed, masked=masked)), None)
    return compared_anew(subject) if subject else {}


def compared_anew(subject: Subject) -> dict[str, Any]:
    """Return how a subject is compared to begin with."""
    return {"about": subject.key, **BEGINS[subject.kind]}
