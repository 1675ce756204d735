"""Who is slipping away: the win-back list, those with most at stake first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regulars.differentiate.value.models import Valuation
from regulars.differentiate.value.states import STATES
from regulars.differentiate.value.worth import scores_of
from regulars.lake.public import NeverMirrored, NotInTheLake, Reading, reading
from regulars.organization.public import Branches

if TYPE_CHECKING:
    import ibis

A_SLICE = 1_000
WORTH = "at_stake_minor"
WITHOUT_MODEL = "value_year_minor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some rows, dicts by column, and the key where the next page begins; None at the end."""

    rows: list[dict[str, Any]]
    following: tuple[int | None, int] | None


def churning(
    valuation: Valuation,
    *,
    state: str,
    branch_ids: Branches,
    after: tuple[int | None, int] | None = None,
    limit: int = 50,
) -> Page:
    """Return the customers with whom it stands so, by what is at stake, a page at a time.

    At stake is the value expected of them if they are still there; without a model, what they
    brought within a year.
    """
    key = WORTH if valuation.model else WITHOUT_MODEL
    try:
        with reading() as lake:
            rows = _of_state(lake, valuation, state, branch_ids)
            if after is not None:
                rows = rows.filter(_beyond(rows, rows[key], after))
            order = [rows[key].isnull(), rows[key].desc(), rows.customer_id]
            found = rows.order_by(order).limit(limit + 1).to_pyarrow().to_pylist()
    except (NeverMirrored, NotInTheLake):
        found = []
    shown = found[:limit]
    more = len(found) > limit
    return Page(rows=shown, following=(shown[-1][key], shown[-1]["customer_id"]) if more else None)


def all_churning(
    valuation: Valuation, *, state: str, branch_ids: Branches
) -> Iterator[list[dict[str, Any]]]:
    """Give all of them in slices, in the same order. Raises NeverMirrored, NotInTheLake."""
    key = WORTH if valuation.model else WITHOUT_MODEL
    with reading() as lake:
        rows = _of_state(lake, valuation, state, branch_ids)
        found = rows.order_by([rows[key].desc(), rows.customer_id]).to_pyarrow()
    for batch in found.to_batches(max_chunksize=A_SLICE):
        yield batch.to_pylist()


def _of_state(
    lake: Reading, valuation: Valuation, state: str, branch_ids: Branches
) -> "ibis.Table":
    rows = scores_of(lake, valuation, branch_ids=branch_ids)
    return rows.filter(rows.churn_state == (state if state in STATES else STATES[0]))


def _beyond(rows: "ibis.Table", key: "ibis.Column", after: tuple[int | None, int]) -> "ibis.Value":
    value, customer_id = after
    further = rows.customer_id > customer_id
    if value is None:
        return key.isnull() & further
    return (key < value) | ((key == value) & further) | key.isnull()
