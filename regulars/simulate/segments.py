"""The segments that the people of a simulated shop have made, through the front door."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from regulars.differentiate.segments.public import (
    ListNotFound,
    PeopleList,
    Segment,
    SegmentNotFound,
    make_people_list,
    make_segment,
    people_list_called,
    refresh_segments,
    segment_called,
)
from regulars.identify.customers.public import Customer
from regulars.organization.public import Brand, User

Condition = Mapping[str, Any]


def _bought(category: str, least: int = 1, **more: Any) -> Condition:
    where = [{"about": "category", "is": "under", "value": [category]}]
    asked = {"condition": "orders", "about": "orders", "is": "at_least", "value": least}
    return {**asked, "where": where, **more}


def _last(days: int) -> Mapping[str, Any]:
    return {"window": {"last": days, "unit": "days"}}


def _is(about: str, *values: str) -> Condition:
    return {"condition": "metric", "about": about, "is": "one_of", "value": list(values)}


def _spent(amount_minor: int, days: int) -> Condition:
    asked = {"condition": "orders", "about": "amount.sum", "is": "at_least"}
    return {**asked, "value": amount_minor, **_last(days)}


MAIL: Condition = {"condition": "identifier", "about": "email", "is": "yes"}
BIRTHDAY: Condition = {
    "condition": "anniversary", "about": "birthday.in", "is": "at_most", "value": 30,
}  # fmt: skip
NEW_PARENT: Condition = {
    "condition": "household", "about": "members", "is": "at_least", "value": 1,
    "where": [
        {"about": "kind", "is": "one_of", "value": ["child"]},
        {"about": "age", "is": "at_most", "value": 1},
    ],
}  # fmt: skip
WITH_CAT: Condition = {
    "condition": "household", "about": "members", "is": "at_least", "value": 1,
    "where": [{"about": "species", "is": "one_of", "value": ["cat"]}],
}  # fmt: skip
WIN_BACK: Condition = {
    "all": [
        _is("frequency_state", "regular", "fan"),
        _is("recency_state", "silent", "dormant"),
        MAIL,
    ]
}
FIRST_ONLY: Condition = {
    "all": [
        _is("frequency_state", "new"),
        {"condition": "metric", "about": "first_visit_on", "is": "in_last_days", "value": 60},
        {"none": [{"condition": "metric", "about": "last_visit_on", "is": "in_last_days",
                   "value": 14}]},
    ]
}  # fmt: skip
SEGMENTS: Mapping[str, Mapping[str, Condition]] = {
    "teahouse": {
        "Win back": WIN_BACK,
        "Green tea lovers without a pot": {
            "all": [_bought("Tea / Green", 4, **_last(365)), {"none": [_bought("Teaware")]}]
        },
        "Birthdays within a month": {"all": [BIRTHDAY, MAIL]},
        "New parents": NEW_PARENT,
        "Cat people": WITH_CAT,
        "Spent 200 in 90 days": _spent(20_000, 90),
        "Second visit missing": FIRST_ONLY,
        "Used a code, then stayed away": {
            "condition": "sequence", "about": "not_followed", "is": "yes",
            "first": {"order": True, "where": [{"about": "coupon", "is": "known"}]},
            "then": {"order": True}, "within_hours": 24 * 60, **_last(240),
        },
        "Looked and did not buy": {
            "condition": "sequence", "about": "not_followed", "is": "yes",
            "first": {"event": "Product Viewed"}, "then": {"order": True}, "within_hours": 72,
            **_last(30),
        },
        "One in ten": {
            "condition": "share", "about": "share", "is": "less_than", "value": 10,
            "seed": "pilot",
        },
    },
    "bakery": {
        "该请回来的熟客": WIN_BACK,
        "一个月内过生日": BIRTHDAY,
        "只买面包": {"all": [_bought("面包", 3), {"none": [_bought("蛋糕")]}]},
        "九十天内消费五百元": _spent(50_000, 90),
    },
}  # fmt: skip

GUESTS = {
    "teahouse": ("Guests of the tasting", "Came again since the tasting"),
    "bakery": ("开业品鉴的客人", "品鉴以后又来过"),
}  # the list, and the segment that names it
EVERY = 60
STRANGERS = ("walk-in@example.com", "no address given")


def make_segments(*, brand: Brand, by: User | None, now: datetime) -> list[Segment]:
    """Make the segments of a simulated shop and find their people; those that are there stay."""
    trees = {**SEGMENTS[brand.slug], **_of_guests(brand, by=by, now=now)}
    made = [_made(brand, name, match, by=by, now=now) for name, match in trees.items()]
    refresh_segments(brand=brand, now=now)
    return made


def _of_guests(brand: Brand, *, by: User | None, now: datetime) -> Mapping[str, Condition]:
    """Return the segments of a brand that name a list of people, with the list."""
    if brand.slug not in GUESTS:
        return {}
    name, returned = GUESTS[brand.slug]
    guests = _guests(brand, name, by=by, now=now)
    listed = {"condition": "list", "about": str(guests.pk), "is": "yes"}
    again = {"condition": "metric", "about": "last_visit_on", "is": "in_last_days", "value": 60}
    return {returned: {"all": [listed, again]}}


def _guests(brand: Brand, name: str, *, by: User | None, now: datetime) -> PeopleList:
    try:
        return people_list_called(brand=brand, name=name)
    except ListNotFound:
        people = Customer.objects.filter(brand=brand, canonical=None).order_by("pk")
        lines = [*people.values_list("public_id", flat=True)[::EVERY], *STRANGERS]
        return make_people_list(brand=brand, name=name, lines=lines, by=by, now=now)


def _made(brand: Brand, name: str, match: Condition, *, by: User | None, now: datetime) -> Segment:
    try:
        return segment_called(brand=brand, name=name)
    except SegmentNotFound:
        tree = {"version": 1, "match": match}
        return make_segment(brand=brand, name=name, tree=tree, by=by, now=now)
