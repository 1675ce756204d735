"""What one can add: the families of conditions, each with what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from regulars.differentiate.segments.family import families
from regulars.differentiate.segments.groups import FIRST, ORDER
from regulars.differentiate.segments.values import Subject, visible
from regulars.organization.public import Brand

SAID = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A family in the menu, and in a few words what it knows."""

    key: str
    label: str
    hint: str


def condition_menu(brand: Brand, *, masked: bool) -> list[tuple[str, list[Entry]]]:
    """Return the families of conditions, gathered in groups."""
    known = {str(name): place for place, name in enumerate(ORDER)}
    groups: dict[str, list[Entry]] = {}
    places = {key: place for place, key in enumerate(FIRST)}
    for family in sorted(families().values(), key=lambda one: places.get(one.key, len(places))):
        subjects = family.subjects(brand)
        seen = visible(subjects, masked=masked)
        if subjects and not seen:
            continue
        entry = Entry(family.key, str(family.label), str(family.hint) or _about(seen))
        groups.setdefault(str(family.group) or _("Other conditions"), []).append(entry)
    return sorted(groups.items(), key=lambda group: known.get(group[0], len(known)))


def _about(subjects: Sequence[Subject]) -> str:
    labels = [str(subject.label) for subject in subjects[:SAID]]
    return str(capfirst(pgettext("filters", ", ").join(labels)))
