"""Put what customers are worth beside the rows of the list."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from regulars.differentiate.value.public import latest_valuation, worth_of
from regulars.organization.public import Brand
from regulars.staff.customers.columns import VALUED, Column

Rows = Sequence[Mapping[str, Any]]


def with_worth(rows: Rows, *, brand: Brand, columns: Sequence[Column], day: date | None) -> Rows:
    """Return the rows with the newest valuation of each up to a day, if a column shows it."""
    if day is None or not VALUED & {column.key for column in columns}:
        return rows
    valuation = latest_valuation(brand=brand, day=day)
    if valuation is None:
        return rows
    ids = [row["customer_id"] for row in rows]
    worth = worth_of(brand_id=brand.pk, customer_ids=ids, as_of=valuation.as_of_on)
    return [{**worth.get(row["customer_id"], {}), **row} for row in rows]
