"""Find the customers a question asks for; before the first metrics, the newest ones.

Every question is one scan of the day's metrics, kept in columns: nothing is counted, and a page
begins behind the last row of the page before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from regulars.differentiate.metrics.public import CUSTOMERS, MetricRun, standpoint_of
from regulars.identify.customers.public import newest_customers
from regulars.lake.public import NeverMirrored, NotInTheLake, Reading, reading
from regulars.lib.money import exponent
from regulars.organization.public import Branches, Brand
from regulars.staff.customers.asked import Asked

if TYPE_CHECKING:
    import ibis

ROWS_SHOWN = 50
SORTS = {
    "net": "net_minor",
    "visits": "visits",
    "recency": "last_visit_on",
    "due": "due_on",
    "orders": "orders",
    "order": "average_order_minor",
    "first": "first_visit_on",
    "cadence": "cadence_days",
}
RANGES = {"visits": "visits", "net": "net_minor", "recency": "recency_days"}
SCORES = ("r", "f", "m")
PROFILE = ("city", "source", "gender", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPeople:
    """A page of rows by column, and where the next begins; not yet ``judged``: without metrics."""

    rows: Sequence[Mapping[str, Any]]
    following: tuple[Any, int] | None
    as_of: date | None = None

    @property
    def judged(self) -> bool:
        return self.as_of is not None


def find(question: Asked, *, brand: Brand, branch_ids: Branches, now: datetime) -> FoundPeople:
    """Return the next customers, those the person who asks may see."""
    try:
        return _judged(question, brand=brand, branch_ids=branch_ids, now=now)
    except (NeverMirrored, NotInTheLake):
        return _newest(question, brand=brand, branch_ids=branch_ids)


def _judged(question: Asked, *, brand: Brand, branch_ids: Branches, now: datetime) -> FoundPeople:
    day = judged_day(brand, now=now)
    if day is None:
        return _newest(question, brand=brand, branch_ids=branch_ids)
    with reading() as lake:
        people = _people(lake, question, brand, day)
        if branch_ids is not None:
            people = people.filter(people.branch_id.isin(sorted(branch_ids)))
        people = people.filter([people.visits > 0, *_conditions(people, question, brand)])
        page, key = _page(people, question)
        rows = page.limit(ROWS_SHOWN + 1).to_pyarrow().to_pylist()
    shown = rows[:ROWS_SHOWN]
    more = len(rows) > ROWS_SHOWN
    following = (_plain(shown[-1][key]), shown[-1]["customer_id"]) if more else None
    return FoundPeople(rows=shown, following=following, as_of=day)


def judged_day(brand: Brand, *, now: datetime) -> date | None:
    """Return the newest day with metrics, up to the one from which the brand looks."""
    runs = MetricRun.objects.filter(brand=brand, as_of_on__lte=standpoint_of(brand, now=now))
    return runs.order_by("-as_of_on").values_list("as_of_on", flat=True).first()


def _people(lake: Reading, question: Asked, brand: Brand, day: date) -> "ibis.Table":
    """The metrics of the day; with the profile beside them when the question asks about it."""
    metrics = lake.computed(CUSTOMERS)
    people = metrics.filter(metrics.brand_id == brand.pk, metrics.as_of == day)
    missing = [name for name in PROFILE if name in question.exact and name not in people.columns]
    if not missing:
        return people
    customers = lake.table("customers")
    profile = customers.filter(customers.brand_id == brand.pk).select(*missing, known_id="id")
    return people.inner_join(profile, people.customer_id == profile.known_id)


def _conditions(people: "ibis.Table", question: Asked, brand: Brand) -> "list[ibis.Value]":
    unit = 10 ** exponent(brand.currency)
    scale = {"net": unit}
    wanted = [_exactly(people, name, text) for name, text in question.exact.items()]
    wanted += [
        people[RANGES[name]] >= least * scale.get(name, 1)
        for name, least in question.at_least.items()
    ]
    wanted += [
        people[RANGES[name]] <= most * scale.get(name, 1) for name, most in question.at_most.items()
    ]
    return [*wanted, people.leaving] if question.leaving else wanted


def _exactly(people: "ibis.Table", name: str, text: str) -> "ibis.Value":
    if name == "cell":
        recency, _slash, frequency = text.partition("/")
        return (people.recency_state == recency) & (people.frequency_state == frequency)
    if name == "due":
        return people.due_state == text
    if name == "branch" or name in SCORES:
        column = people.branch_id if name == "branch" else people[name]
        return column == (int(text) if text.isdecimal() and len(text) < 10 else -1)
    return people[name].lower() == text.lower()


def _page(people: "ibis.Table", question: Asked) -> "tuple[ibis.Table, str]":
    """Order the people, and leave out the pages before; who has no value comes last."""
    name = SORTS[question.sort]
    key, down = people[name], question.descending
    if question.after:
        import ibis

        value, last = question.after
        further = key.isnull() & (people.customer_id > last)
        if value is not None:
            here = ibis.literal(value).cast(key.type())
            beyond = key < here if down else key > here
            further = beyond | ((key == here) & (people.customer_id > last)) | key.isnull()
        people = people.filter(further)
    order = [key.isnull(), key.desc() if down else key.asc(), people.customer_id]
    return people.order_by(order), name


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _newest(question: Asked, *, brand: Brand, branch_ids: Branches) -> FoundPeople:
    before = question.after[1] if question.after else None
    people = newest_customers(
        brand=brand, branch_ids=branch_ids, before=before, limit=ROWS_SHOWN + 1
    )
    shown = people[:ROWS_SHOWN]
    following = (None, shown[-1].pk) if len(people) > ROWS_SHOWN else None
    return FoundPeople(rows=[{"customer_id": person.pk} for person in shown], following=following)
