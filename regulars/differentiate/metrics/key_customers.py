"""The customers who bring most, and how concentrated the value of some branches is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from regulars.differentiate.metrics.computation import CUSTOMERS
from regulars.differentiate.metrics.concentration import (
    Concentration,
    concentration_from,
    concentration_of,
)
from regulars.differentiate.metrics.models import MetricRun
from regulars.lake.public import Reading, reading
from regulars.organization.public import Branches

if TYPE_CHECKING:
    import ibis

A_SLICE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCustomer:
    """A customer by their place among all, and the share that they and those before bring."""

    rank: int
    customer_id: int
    visits: int
    last_visit_on: date
    cell: str
    net_minor: int
    share_so_far: float | None


def concentration_seen(run: MetricRun, *, branch_ids: Branches) -> Concentration:
    """Return the concentration of a run, or that of the customers of some home branches.

    Raises NeverMirrored, NotInTheLake.
    """
    if branch_ids is None:
        return concentration_from(run.summary["concentration"])
    with reading() as lake:
        values = _came(lake, run, branch_ids).net_minor.to_pyarrow().to_numpy()
    return concentration_of(np.sort(values))


def key_customers(
    run: MetricRun, *, branch_ids: Branches, most: int, of_minor: int
) -> Iterator[KeyCustomer]:
    """Give the ``most`` customers of the highest net value; ``of_minor`` is the value of all.

    Raises NeverMirrored, NotInTheLake.
    """
    with reading() as lake:
        came = _came(lake, run, branch_ids)
        first = came.order_by(came.net_minor.desc(), came.customer_id).limit(most)
        chosen = first.select(
            "customer_id", "visits", "last_visit_on", "cell", "net_minor"
        ).to_pyarrow()
    rank = so_far = 0
    for batch in chosen.to_batches(max_chunksize=A_SLICE):
        for row in batch.to_pylist():
            rank, so_far = rank + 1, so_far + row["net_minor"]
            share = so_far / of_minor if of_minor > 0 else None
            yield KeyCustomer(rank=rank, share_so_far=share, **row)


def _came(lake: Reading, run: MetricRun, branch_ids: Branches) -> "ibis.Table":
    """Return those with a visit as of a run's day."""
    table = lake.computed(CUSTOMERS)
    came = table.filter(
        table.brand_id == run.brand_id, table.as_of == run.as_of_on, table.visits > 0
    )
    return came if branch_ids is None else came.filter(came.branch_id.isin(sorted(branch_ids)))
