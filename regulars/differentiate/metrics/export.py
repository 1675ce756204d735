"""Write a brand's customers to a file: every metric a column, beside who they are."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from regulars.differentiate.metrics.beside import with_values
from regulars.differentiate.metrics.filters import Filters, chosen
from regulars.differentiate.metrics.looking import latest
from regulars.differentiate.metrics.sheets import WRITERS
from regulars.identify.customers.public import Customer, Identifier, fields_of
from regulars.lake.public import reading
from regulars.lib.money import exponent
from regulars.organization.public import (
    Branches,
    Brand,
    mask_email,
    mask_name,
    mask_phone,
    mask_value,
)

CUSTOMER_FILES = tuple(WRITERS)  # the endings that can be written
BATCH = 10_000
SPARSE = 4  # of so many numbers in a row, one is wanted: ask for each instead of for the span
KINDS = ("email", "phone", "member_number", "user_id", "shop_id")
MASKS = {"email": mask_email, "phone": mask_phone}
PROFILE = ("branch", "city", "region", "country", "source", "gender", "language")
Told = Callable[[int, int | None, str], None]


class NotAFormat(ValueError):
    """A file of that ending cannot be written."""


class NothingMeasured(Exception):
    """The brand's metrics as of that day are not there to be exported."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to export: whose customers, as of which day, which of them, of which branches.

    ``named_at`` are the home branches whose customers are written with all that is known about
    them; the personal data of the others is masked.
    """

    brand: Brand
    as_of: date
    filters: Filters = field(default=Filters(visited=False))
    branch_ids: Branches = None
    named_at: Branches = None

    def masked_at(self, branch_id: int | None) -> bool:
        return self.named_at is not None and branch_id not in self.named_at


def export_customers(wanted: Wanted, *, to: Path, progress: Told | None = None) -> int:
    """Write the customers to a .csv, .xlsx or .parquet file and return how many there are.

    Beside the metrics stands what they were last found to be worth, if that is known.

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
    with reading() as lake:
        rows = chosen(
            lake,
            brand_id=wanted.brand.pk,
            as_of=wanted.as_of,
            filters=wanted.filters,
            branch_ids=wanted.branch_ids,
        )
        rows = with_values(
            rows.drop("brand_id", "branch_id"), lake, brand_id=wanted.brand.pk, day=wanted.as_of
        )
        found = rows.order_by("customer_id").to_pyarrow()
    columns = _columns(wanted)
    total = found.num_rows
    for start in range(0, max(total, 1), BATCH):
        yield _in_full(found.slice(start, BATCH), wanted, columns)
        if progress is not None:
            progress(min(start + BATCH, total), total, "")


def _columns(wanted: Wanted) -> pa.Schema:
    """Name what is said of a person: who they are, where they live, what staff recorded.

    Of fields that are personal data nothing is said to who may not see everybody's.
    """
    own = [
        f"field_{one.key}"
        for one in fields_of(brand=wanted.brand)
        if wanted.named_at is None or not one.personal
    ]
    names = ("public_id", "name", *KINDS, *PROFILE, *own)
    return pa.schema([(name, pa.string()) for name in names])


def _in_full(metrics: pa.Table, wanted: Wanted, columns: pa.Schema) -> pa.Table:
    numbers = metrics["customer_id"].to_pylist()
    who = pa.Table.from_pylist(_who(numbers, wanted), columns)
    places = 10 ** exponent(wanted.brand.currency)
    told = {name: who[name] for name in who.column_names}
    for name in metrics.column_names:
        if name.endswith("_minor"):
            major = [None if v is None else v / places for v in metrics[name].to_pylist()]
            told[name.removesuffix("_minor")] = pa.chunked_array([pa.array(major, pa.float64())])
        elif name != "customer_id":
            told[name] = metrics[name]
    return pa.table(told)


def _who(numbers: list[int], wanted: Wanted) -> list[dict[str, Any]]:
    """Return what is said of these customers, in two queries; aliases' identifiers are theirs."""
    if not numbers:
        return []
    masked, named = set(), {}
    people = Customer.objects.filter(brand=wanted.brand, **_among("pk", numbers))
    asked = people.values(
        "pk", "public_id", "name", "branch_id", "branch__name", "fields", *PROFILE[1:]
    )
    for row in asked.iterator(chunk_size=BATCH):
        named[row["pk"]] = _said(row, wanted)
        if wanted.masked_at(row["branch_id"]):
            masked.add(row["pk"])
    known = Identifier.objects.filter(
        brand=wanted.brand, kind__in=KINDS, **_among("customer__pk", numbers)
    )
    for pk, kind, value in known.order_by("-pk").values_list("customer_id", "kind", "value"):
        if pk in named:
            named[pk][kind] = MASKS.get(kind, mask_value)(value) if pk in masked else value
    return [named.get(number, {}) for number in numbers]


def _among(name: str, numbers: list[int]) -> dict[str, Any]:
    """Ask for a span of numbers when most of it is wanted, else for each number."""
    if numbers[-1] - numbers[0] > SPARSE * len(numbers):
        return {f"{name}__in": numbers}
    return {f"{name}__gte": numbers[0], f"{name}__lte": numbers[-1]}


def _said(row: Mapping[str, Any], wanted: Wanted) -> dict[str, Any]:
    name = row["name"]
    return {
        "public_id": row["public_id"],
        "name": mask_name(name) if wanted.masked_at(row["branch_id"]) else name,
        "branch": row["branch__name"],
        **{key: row[key] for key in PROFILE[1:]},
        **{f"field_{key}": _text(value) for key, value in row["fields"].items()},
    }


def _text(value: object) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)
