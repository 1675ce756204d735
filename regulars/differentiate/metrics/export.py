"""Write a brand's customers to a file: every metric a column, beside who they are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from regulars.differentiate.metrics.looking import latest
from regulars.differentiate.metrics.people import Filters, chosen
from regulars.differentiate.metrics.sheets import WRITERS
from regulars.identify.customers.public import Customer, Identifier
from regulars.lake.public import reading
from regulars.lib.money import exponent
from regulars.organization.public import Brand, mask_email, mask_name, mask_phone, mask_value

BATCH = 10_000
KINDS = ("email", "phone", "member_number", "user_id", "shop_id")
MASKS = {"email": mask_email, "phone": mask_phone}
WHO = pa.schema([(name, pa.string()) for name in ("public_id", "name", *KINDS)])
Told = Callable[[int, int | None, str], None]


class NotAFormat(ValueError):
    """A file of that ending cannot be written."""


class NothingMeasured(Exception):
    """The brand's metrics as of that day are not there to be exported."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to export: whose customers, as of which day, for which branches, masked or not."""

    brand: Brand
    as_of: date
    branch_ids: frozenset[int] | None = None
    masked: bool = False


def export_customers(wanted: Wanted, *, to: Path, progress: Told | None = None) -> int:
    """Write the customers to a .csv, .xlsx or .parquet file and return how many there are.

    Amounts are in major units. The file is whole or not there. Raises NotAFormat, NothingMeasured.
    """
    write = WRITERS.get(to.suffix.lower())
    if write is None:
        raise NotAFormat(f"{to.name} must end in {', '.join(WRITERS)}.")
    summary = latest(brand=wanted.brand, day=wanted.as_of)
    if summary is None or summary.as_of != wanted.as_of:
        raise NothingMeasured(f"{wanted.brand.slug} was not measured as of {wanted.as_of}.")
    part = to.with_name(f".{to.name}.part")
    try:
        count = write(part, _batches(wanted, progress))
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    return count


def _batches(wanted: Wanted, progress: Told | None) -> Iterator[pa.Table]:
    """Give the rows in the order of customer numbers; one empty table when there are none."""
    everybody = Filters(visited=False)
    with reading() as lake:
        rows = chosen(
            lake,
            brand_id=wanted.brand.pk,
            as_of=wanted.as_of,
            filters=everybody,
            branch_ids=wanted.branch_ids,
        )
        total = int(rows.count().to_pyarrow().as_py())
        found = rows.drop("brand_id").order_by("customer_id").to_pyarrow()
    for start in range(0, max(total, 1), BATCH):
        yield _in_full(found.slice(start, BATCH), wanted)
        if progress is not None:
            progress(min(start + BATCH, total), total, "")


def _in_full(metrics: pa.Table, wanted: Wanted) -> pa.Table:
    numbers = metrics["customer_id"].to_pylist()
    who = pa.Table.from_pylist(_who(numbers, wanted), WHO)
    places = 10 ** exponent(wanted.brand.currency)
    columns = {name: who[name] for name in who.column_names}
    for name in metrics.column_names:
        if name.endswith("_minor"):
            major = [None if v is None else v / places for v in metrics[name].to_pylist()]
            columns[name.removesuffix("_minor")] = pa.chunked_array([pa.array(major, pa.float64())])
        elif name != "customer_id":
            columns[name] = metrics[name]
    return pa.table(columns)


def _who(numbers: list[int], wanted: Wanted) -> list[dict[str, Any]]:
    """Return names and identifiers of these customers, in two queries; aliases' count as theirs."""
    if not numbers:
        return []
    within = {"brand": wanted.brand, "pk__gte": numbers[0], "pk__lte": numbers[-1]}
    named = {
        pk: {"public_id": public_id, "name": mask_name(name) if wanted.masked else name}
        for pk, public_id, name in Customer.objects.filter(**within).values_list(
            "pk", "public_id", "name"
        )
    }
    known = Identifier.objects.filter(
        brand=wanted.brand, kind__in=KINDS, customer__pk__gte=numbers[0],
        customer__pk__lte=numbers[-1],
    )  # fmt: skip
    for pk, kind, value in known.order_by("-pk").values_list("customer_id", "kind", "value"):
        if pk in named:
            named[pk][kind] = MASKS.get(kind, mask_value)(value) if wanted.masked else value
    return [named.get(number, {}) for number in numbers]
