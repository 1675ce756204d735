"""Everything the families declare, asked at least once: subjects, operators, windows, filters."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from regulars.differentiate.segments.family import Family, families
from regulars.differentiate.segments.operators import Operator, Takes, operators_for
from regulars.differentiate.segments.tests.hostile import WORDS
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.organization.public import Brand

Asked = dict[str, Any]
RARELY = 3
APART = {"units", "products", "categories", "makers", "branches", "channels"}
ANCHORS = ("known_since", "first_visit_on", "last_visit_on", "birthday")
WINDOWS: list[Asked | None] = [
    None,
    *({"last": n, "unit": "days"} for n in (1, 7, 30, 90)),
    {"last": 30, "until": 7, "unit": "days"}, {"last": 365, "until": 1, "unit": "days"},
    {"last": 1, "unit": "weeks"}, {"last": 6, "until": 2, "unit": "weeks"},
    {"last": 1, "unit": "months"}, {"last": 3, "until": 1, "unit": "months"},
    {"last": 1, "unit": "years"}, {"last": 2, "until": 1, "unit": "years"},
    *({"this": period} for period in ("week", "month", "quarter", "year")),
    *({"previous": period} for period in ("week", "month", "quarter", "year")),
    {"from": "2025-03-30"}, {"to": "2025-03-09"}, {"from": "2025-01-01", "to": "2025-03-31"},
    *({"from": day, "to": day} for day in ("2025-02-28", "2024-12-31")),
    *({"days": 30, "after": anchor} for anchor in ANCHORS),
    *({"days": 30, "before": anchor} for anchor in ANCHORS),
]  # fmt: skip
HOURS: list[Asked] = [{"last": n, "unit": "hours"} for n in (1, 30, 72)]
EXTRAS: dict[str, list[Asked]] = {
    "events": [{"event": "Product Viewed"}, {"event": "Order Completed"}],
    "share": [{"seed": "茶"}, {"seed": "pilot"}],
    "sequence": [
        {"first": {"event": "Product Viewed"}, "then": {"order": True}, "within_hours": 24},
        {"first": {"order": True}, "then": {"order": True}, "within_hours": 720},
        {"first": {"order": True, "where": [{"about": "channel", "is": "known"}]},
         "then": {"event": "Product Viewed"}, "within_hours": 1},
    ],
}  # fmt: skip
OF_PROPERTIES = {"distinct": "sku", "text": "sku", "day": "until"}
TEXTS = {
    "sku": ["TEA-1", "cup"], "product": ["sencha", "Cup"], "maker": ["ito"], "channel": ["WEB"],
    "coupon": ["Spring"], "source": ["web"], "city": ["LONDON", "上海", "İzmir"],
    "region": ["kent"], "country": ["gb"], "blend": ["breakfast"], "text.sku": ["Tea-1", "7"],
    "species": ["Cat"],    "gender": ["Female"], "stage": ["kitten"],
}  # fmt: skip
NUMBERS = [1, 0, 2, 300, 3, 900, 50, 30]
DAYS = ["2025-03-30", "2025-03-31", "2025-03-09", "2025-02-28", "2000-02-29"]
SPANS = [1, 30, 2, 60]
PATTERNS = ["^[Tt]ea", "[0-9]$", "(?i)LON", "上"]


def conditions(brand: Brand) -> Iterator[Asked]:
    """Ask about every subject by every operator, in every window where there are any; then about
    one with every filter by every operator.
    """
    turn = count()
    for family in families().values():
        for nth, window in enumerate(_windows(family)):
            for subject, operator in _asked_in(family, brand, nth):
                asked = compared(subject, operator, brand, next(turn))
                yield _whole(family, asked, window, nth)
        subjects = subjects_of(family, brand)
        for subject in filters_of(family, brand):
            for operator in operators_for(subject.kind):
                about = subjects[next(turn) % len(subjects)]
                where = {"where": [compared(subject, operator, brand, next(turn))]}
                known = operators_for(about.kind)[0]
                asked = compared(about, known, brand, next(turn))
                yield _whole(family, asked | where, None, next(turn))


def _asked_in(family: Family, brand: Brand, nth: int) -> Iterator[tuple[Subject, Operator]]:
    """Ask about all in the nth window, each time by another operator; what is a question of its
    own, as all is that is only found by its name, in some windows.
    """
    listed = {one.key for one in family.subjects(brand)} - APART
    for place, subject in enumerate(subjects_of(family, brand)):
        chosen = operators_for(subject.kind)
        if not family.windowed:
            yield from ((subject, operator) for operator in chosen)
        elif subject.key in listed:
            yield subject, chosen[(nth + place) % len(chosen)]
        elif (nth + place) % RARELY == 0:
            yield subject, chosen[(nth // RARELY + place) % len(chosen)]


def subjects_of(family: Family, brand: Brand) -> list[Subject]:
    """Return what can be asked about, with some that are only found by their names."""
    return [*family.subjects(brand), *_named(family.subject, family.named, brand)]


def filters_of(family: Family, brand: Brand) -> list[Subject]:
    """Return what facts can be narrowed by, with some that are only found by their names."""
    listed = family.filters(brand) if family.filters else ()
    return [*listed, *_named(family.filter, family.filter_named, brand)]


def compared(subject: Subject, operator: Operator, brand: Brand, turn: int) -> Asked:
    """Compare a subject in one of several ways, by turns."""
    asked: Asked = {"about": subject.key, "is": operator.key}
    if operator.takes == Takes.NOTHING:
        return asked
    if operator.takes == Takes.DAYS:
        return asked | {"value": SPANS[turn % len(SPANS)]}
    if operator.takes == Takes.PATTERN:
        return asked | {"value": PATTERNS[turn % len(PATTERNS)]}
    values = _values(subject)
    one, other = values[turn % len(values)], values[(turn + 1) % len(values)]
    if operator.takes == Takes.TWO:
        return asked | {"value": sorted([one, other])}
    return asked | {"value": one if operator.takes == Takes.ONE else [one]}


def _values(subject: Subject) -> Sequence[Any]:
    if subject.kind in {ValueKind.NUMBER, ValueKind.MONEY}:
        return NUMBERS
    if subject.kind == ValueKind.DAY:
        return DAYS
    if subject.kind == ValueKind.PATH:
        return ["Tea", "TEA / green", "teaware", "tea>black"]
    if subject.kind == ValueKind.CHOICE:
        return [key for key in WORDS.get(subject.key, ()) if key in subject.options] or list(
            subject.options
        )
    return TEXTS[subject.key]


def _windows(family: Family) -> list[Asked | None]:
    if not family.windowed:
        return [None]
    return [*WINDOWS, *HOURS] if family.hours else WINDOWS


def _named(find: Any, stems: Any, brand: Brand) -> list[Subject]:
    return [find(brand, f"{stem}.{OF_PROPERTIES.get(stem, 'price')}") for stem in stems]


def _whole(family: Family, asked: Asked, window: Asked | None, turn: int) -> Asked:
    extras = EXTRAS.get(family.key, [{}])
    timed = {"window": window} if window else {}
    return {"condition": family.key, **asked, **extras[turn % len(extras)], **timed}
