"""List customers by their metrics: filtered, sorted, a page at a time."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from regulars.differentiate.metrics.catalogue import METRICS
from regulars.differentiate.metrics.filters import (
    EVERYBODY,
    Filters,
    UnknownFilter,
    chosen,
    of_day,
)
from regulars.lake.public import reading

if TYPE_CHECKING:
    import ibis


@dataclass(frozen=True, slots=True)
class People:
    """A page of rows, dicts by column, and the key where the next begins; None at the end."""

    rows: list[dict[str, Any]]
    following: tuple[Any, int] | None


def people(
    *,
    brand_id: int,
    as_of: date,
    filters: Filters = EVERYBODY,
    sort: str = "net_minor",
    descending: bool = True,
    after: tuple[Any, int] | None = None,
    limit: int = 50,
    branch_ids: frozenset[int] | None = None,
) -> People:
    """Return the next ``limit`` customers in the order of a metric, after the key of the last row.

    Who has no value in the sorted column comes last. Raises UnknownFilter, NeverMirrored,
    NotInTheLake.
    """
    if sort not in METRICS:
        raise UnknownFilter(sort)
    with reading() as lake:
        rows = chosen(lake, brand_id=brand_id, as_of=as_of, filters=filters, branch_ids=branch_ids)
        key = rows[sort]
        page = rows.filter(_beyond(rows, key, after, descending=descending)) if after else rows
        order = [key.isnull(), key.desc() if descending else key.asc(), rows.customer_id]
        found: list[dict[str, Any]] = page.order_by(order).limit(limit + 1).to_pyarrow().to_pylist()
    shown = found[:limit]
    if len(found) <= limit:
        return People(shown, None)
    return People(shown, (shown[-1][sort], shown[-1]["customer_id"]))


def count_people(
    *,
    brand_id: int,
    as_of: date,
    filters: Filters = EVERYBODY,
    branch_ids: frozenset[int] | None = None,
) -> int:
    """Count the customers a filter leaves."""
    with reading() as lake:
        rows = chosen(lake, brand_id=brand_id, as_of=as_of, filters=filters, branch_ids=branch_ids)
        return int(rows.count().to_pyarrow().as_py())


def metrics_of(*, customer_id: int, brand_id: int, as_of: date) -> dict[str, Any] | None:
    """Return one customer's row, or None when they had not been counted yet."""
    with reading() as lake:
        rows = of_day(lake, brand_id, as_of)
        mine = rows.filter(rows.customer_id == customer_id)
        found: list[dict[str, Any]] = mine.to_pyarrow().to_pylist()
    return found[0] if found else None


def _beyond(
    rows: "ibis.Table", key: "ibis.Column", after: tuple[Any, int], *, descending: bool
) -> "ibis.Value":
    import ibis

    value, customer_id = after
    further = rows.customer_id > customer_id
    if value is None:
        return key.isnull() & further
    here = ibis.literal(str(value)).try_cast(key.type())
    past = key < here if descending else key > here
    return past | ((key == here) & further) | key.isnull()
