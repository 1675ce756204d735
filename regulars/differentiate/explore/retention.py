"""Who comes again: triangles by cohort, and by where or with what a customer began."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from regulars.differentiate.explore.answering import NothingCounted, scope_in
from regulars.differentiate.explore.dimensions.time import first_day
from regulars.differentiate.explore.grains import GRAINS, NOTHING
from regulars.differentiate.explore.scope import Scope
from regulars.lake.public import NeverMirrored, NotInTheLake, reading
from regulars.organization.public import Branches, Brand

if TYPE_CHECKING:
    import ibis

UNITS = {"month": ("M", 1), "quarter": ("Q", 3), "year": ("Y", 12)}
COHORT, FIRST_BRANCH, FIRST_PRODUCT = "cohort", "first_branch", "first_product"
PROFILE = ("source", "city", "gender", "home_branch")
STARTS = (COHORT, FIRST_BRANCH, FIRST_PRODUCT, *PROFILE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Of ``base`` people, those who came so many units after they began, and what they brought."""

    base: int
    people: int
    value_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Customers who began alike: in one cohort, at one branch, with one product; "" is unknown.

    ``units[k]`` is k units after; only units that are over are counted, for cohorts that had them.
    """

    key: str
    people: int
    units: tuple[Came, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Cohorts in order, or other starts with the most people first."""

    starts: tuple[Start, ...]
    whole: Start
    as_of: date


def retention(
    *, brand: Brand, unit: str, start: str, branch_ids: Branches, now: datetime
) -> Retention:
    """Tell who comes again after a unit, by how they began. Raises NothingCounted."""
    try:
        with reading() as lake:
            scope = scope_in(lake, brand=brand, branch_ids=branch_ids, now=now)
            rows = counted(scope, unit=unit, start=start).to_pyarrow().to_pylist()
    except (NeverMirrored, NotInTheLake) as error:
        raise NothingCounted(brand.slug) from error
    return retention_from(rows, unit=unit, start=start, as_of=scope.facts.as_of)


def counted(scope: Scope, *, unit: str, start: str) -> "ibis.Table":
    """Return people and value by start, cohort and number of units after it."""
    truncation, months = UNITS[unit]
    people = GRAINS["visitors"].table(scope, NOTHING)
    at = _start(people, start)
    began = people.select(person="customer_id", first_on="first_visit_on", start=at)
    if start in {FIRST_BRANCH, FIRST_PRODUCT}:
        began = _with_first(began, scope, start)
    visits = GRAINS["visits"].table(scope, NOTHING)
    joined = visits.inner_join(began, visits.customer_id == began.person)
    cohort = first_day(joined.first_on, truncation)
    after = (_month(joined.day) // months) - (_month(joined.first_on) // months)
    joined = joined.mutate(cohort_on=cohort, after=after, start=joined.start.fill_null(""))
    return joined.group_by("start", "cohort_on", "after").agg(
        people=joined.customer_id.nunique(), value_minor=joined.value.sum().cast("int64")
    )


def _month(day: "ibis.Column") -> "ibis.Value":
    return day.year() * 12 + day.month() - 1


def _start(people: "ibis.Table", start: str) -> "ibis.Value":
    import ibis

    if start == "home_branch":
        return people.branch_id.cast("string")
    return people[start].nullif("") if start in PROFILE else ibis.literal("")


def _with_first(began: "ibis.Table", scope: Scope, start: str) -> "ibis.Table":
    """Name the branch, or the product, on which most was spent at the first visit."""
    name = "branch_id" if start == FIRST_BRANCH else "product_id"
    sold = GRAINS["orders" if start == FIRST_BRANCH else "lines"].table(scope, NOTHING)
    amount = sold.net_minor if start == FIRST_BRANCH else sold.amount_minor
    sold = sold.select("customer_id", "day", what=sold[name], amount=amount)
    same = [sold.customer_id == began.person, sold.day == began.first_on]
    first = sold.semi_join(began, same).group_by("customer_id", "what")
    spent = first.agg(amount=lambda rows: rows.amount.cast("float64").sum())
    most = spent.group_by("customer_id").agg(
        what=spent.what.first(order_by=[spent.amount.desc(), spent.what])
    )
    told = most.select(buyer="customer_id", what=most.what.cast("string"))
    joined = began.drop("start").left_join(told, began.person == told.buyer)
    return joined.rename(start="what").drop("buyer")


def retention_from(
    rows: Iterable[dict[str, Any]], *, unit: str, start: str, as_of: date
) -> Retention:
    """Put counted rows in triangles."""
    months = UNITS[unit][1]
    over = (_number(as_of + timedelta(days=1))) // months  # the first unit that is not over
    by_start: dict[str, list[dict[str, Any]]] = defaultdict(list)
    everything = list(rows)
    for row in everything:
        by_start[str(row["cohort_on"]) if start == COHORT else row["start"]].append(row)
    starts = [_started(key, some, months, over) for key, some in by_start.items()]
    if start == COHORT:
        starts = sorted(starts, key=lambda one: one.key)
    else:
        starts = sorted(starts, key=lambda one: (one.key == "", -one.people, one.key))
    whole = _started("", everything, months, over)
    return Retention(starts=tuple(starts), whole=whole, as_of=as_of)


def _started(key: str, rows: list[dict[str, Any]], months: int, over: int) -> Start:
    base: dict[int, int] = defaultdict(int)
    for row in rows:
        if row["after"] == 0:
            base[_number(row["cohort_on"]) // months] += row["people"]
    longest = max((over - cohort for cohort in base), default=0)
    units = []
    for after in range(longest):
        old = {cohort for cohort in base if cohort + after < over}
        some = [
            row
            for row in rows
            if row["after"] == after and _number(row["cohort_on"]) // months in old
        ]
        units.append(
            Came(
                base=sum(base[cohort] for cohort in old),
                people=sum(row["people"] for row in some),
                value_minor=sum(row["value_minor"] for row in some),
            )
        )
    return Start(key=key, people=sum(base.values()), units=tuple(units))


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1
