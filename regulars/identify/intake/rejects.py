"""The rows that could not be taken: kept as they were, with the reason, ready to be put right."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regulars.identify.intake.models import Import
from regulars.identify.intake.staging.money_signs import money_told
from regulars.lib.comma_separated import csv_lines

NAME, CSV_NAME = "rejects.parquet", "rejects.csv"

REASONS = {
    "ragged": _("The row has more or fewer cells than the header."),
    "quote": _("A quotation mark is opened and never closed, or closed inside a cell."),
    "encoding": _("The row holds bytes that are no characters in the file's encoding."),
    "too_long": _("A cell is longer than any cell should be."),
    "not_json": _("The line is not a JSON object."),
    "number_missing": _("There is no order number."),
    "number_long": _("The order number is longer than 100 characters."),
    "nul": _("The row holds a NUL character."),
    "not_paid": _("The order was never paid, or was cancelled: it is no sale."),
    "came_back": _("The goods of this row came back: nothing is left of it."),
    "time_missing": _("There is no date."),
    "time_unreadable": _("The date cannot be read."),
    "in_future": _("The date lies in the future."),
    "long_ago": _("The date lies before 1970."),
    "figure_unreadable": _("A number cannot be read."),
    "negative_price": _("The price is negative."),
    "quantity_zero": _("The quantity is zero."),
    "too_large": _("The amount is too large to be true."),
    "price_missing": _("There is neither a price nor an amount."),
    "no_figure": _("NaN stands where a figure is needed: whoever made the file did not know it."),
    "sheet_error": _("A cell holds an error of the spreadsheet and no value."),
    "formula": _("A cell holds a formula that was saved without its result."),
    "discount_above": _("The discount is larger than what it is taken off."),
    "other_currency": _("The currency is not that of the brand."),
    "sku_long": _("The SKU is longer than 120 characters."),
    "identifier_long": _("What tells the customer is longer than 254 characters."),
    "number_of_another": _("The same order number is used for another customer."),
    "order_incomplete": _("Another row of the same order was refused."),
    "number_taken": _("The brand already has this number, from another customer or amount."),
    "refund_smaller": _(
        "More of this order is known to be given back: what is known stays, the order itself is in."
    ),
    "nobody": _("Nothing in the row tells who the customer is."),
    "same_person": _("The row contradicts an earlier row about the same customer."),
    "birthday": _("Nobody alive was born on that day."),
    "sku_missing": _("There is no SKU."),
}
"""Why a row was refused, in the words a person sees."""

LEFT_OUT = frozenset({"not_paid", "came_back"})
"""Reasons that are nobody's mistake."""


def reason_sentence(reason: str, detail: str | None) -> str:
    """Say a reason in the present language, with the value that caused it."""
    if reason == "order_incomplete" and detail:
        return gettext("Row %(row)s of the same order was refused.") % {"row": detail}
    if reason == "other_currency" and detail and " " in detail:
        theirs, ours = detail.rsplit(" ", 1)
        told = {"theirs": money_told(theirs), "ours": ours}
        return gettext("The amount is in %(theirs)s, the brand counts in %(ours)s.") % told
    sentence = str(REASONS.get(reason, reason))
    return f"{sentence} ({detail})" if detail else sentence


def first_rejects(imported: Import, count: int) -> list[dict[str, Any]]:
    """Return the first refused rows: row, reason, detail, cells."""
    path = imported.folder / NAME
    if not path.exists():
        return []
    batch = next(pq.ParquetFile(path).iter_batches(count), None)
    return [] if batch is None else batch.to_pylist()


def reject_file(imported: Import) -> Path | None:
    """Write all refused rows as CSV that a spreadsheet opens safely, and an import reads again.

    Return where it is, None when no row was refused.
    """
    if not first_rejects(imported, 1):
        return None
    path = imported.folder / CSV_NAME
    with path.open("w", newline="", encoding="utf-8") as file:
        file.writelines(reject_lines(imported))
    return path


def reject_lines(imported: Import) -> Iterator[str]:
    """Give the lines of that file one after the other, beginning with the mark of UTF-8."""
    head = [gettext("row"), gettext("reason"), *columns_of(imported)]
    return csv_lines(head, (_told(row) for row in _rows(imported.folder / NAME)))


def _told(row: Mapping[str, Any]) -> list[object]:
    return [row["row_no"], reason_sentence(row["reason"], row["detail"]), *row["cells"]]


def columns_of(imported: Import) -> list[str]:
    return list(imported.counts.get("columns", []))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        for batch in pq.ParquetFile(path).iter_batches(10_000):
            yield from batch.to_pylist()


def sentences(reasons: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    """Pair each reason's sentence with how many rows it refused, the most frequent first."""
    ranked = sorted(reasons.items(), key=lambda found: (-found[1], found[0]))
    return [(reason_sentence(reason, None), count) for reason, count in ranked]
