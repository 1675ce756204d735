"""What a brand keeps in its database, for segments to ask about: branches, lists, segments."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from types import SimpleNamespace
from unittest.mock import patch

from pyroaring import BitMap

from regulars.differentiate.segments.conditions import field, worth
from regulars.differentiate.segments.models import (
    Membership,
    PeopleList,
    Segment,
    SegmentVersion,
)
from regulars.differentiate.segments.tests.shelf import BRAND
from regulars.organization.public import Branch, Brand

NOW = datetime(2025, 3, 1, tzinfo=UTC)
LISTED, FROZEN = [1, 4], [3, 4, 77]
CITIES = {"london"}
SAVED = {
    "any": [
        {"condition": "orders", "about": "orders", "is": "at_least", "value": 2},
        {"condition": "profile", "about": "gender", "is": "one_of", "value": ["female"]},
    ]
}
FIELDS = [
    SimpleNamespace(key="cups", label="Cups", kind="number", choices=[], personal=False),
    SimpleNamespace(key="milk", label="Milk", kind="yes_no", choices=[], personal=False),
    SimpleNamespace(key="blend", label="Blend", kind="text", choices=[], personal=False),
    SimpleNamespace(
        key="roast", label="Roast", kind="choice", choices=["dark", "light"], personal=False
    ),
    SimpleNamespace(key="since", label="Since", kind="date", choices=[], personal=False),
]


def keep() -> None:
    """Write the brand of every shelf, with what is known in its database."""
    brand = Brand.objects.create(pk=BRAND, slug="shelf", name="Shelf", currency="EUR")
    for pk, city, closed_on in ((1, "LONDON", None), (2, "上海", date(2025, 2, 1))):
        Branch.objects.create(
            pk=pk, brand=brand, code=f"b{pk}", name=f"B{pk}", city=city, closed_on=closed_on
        )
    people = BitMap(LISTED)
    PeopleList.objects.create(
        pk=1, brand=brand, name="Guests", bitmap=people.serialize(), size=len(people), made_at=NOW
    )
    _segment(brand, 1)
    frozen = _segment(brand, 2, frozen_at=NOW)
    Membership.objects.create(
        version=frozen, bitmap=BitMap(FROZEN).serialize(), size=len(FROZEN), as_of_on=NOW.date(),
        facts_at=NOW, revision=1, fingerprint="", found_at=NOW, seconds=0,
    )  # fmt: skip


def _segment(brand: Brand, pk: int, **more: object) -> SegmentVersion:
    told = {"name": f"Segment {pk}", "created_at": NOW, **more}
    segment = Segment.objects.create(pk=pk, brand=brand, **told)
    tree = {"version": 1, "match": SAVED}
    return SegmentVersion.objects.create(segment=segment, number=1, tree=tree, made_at=NOW)


@contextmanager
def known() -> Iterator[None]:
    """Have fields that staff defined, and values as of every day."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(field, "fields_of", lambda brand: FIELDS))
        stack.enter_context(patch.object(worth, "_valued_on", lambda ground: ground.day))
        yield
