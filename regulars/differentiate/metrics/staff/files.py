"""What a page of metrics shows as a file: for a spreadsheet, or as comma-separated values."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from regulars.organization.public import Permission, StaffRequest, export_table

SHEET_ROWS = 100_000  # a workbook is made in memory
FORMATS = (("CSV", "csv"), ("XLSX", "xlsx"))


def file_links(
    request: StaffRequest, page: str, *, as_of: date, rows: int = 0
) -> list[tuple[str, str]]:
    """Return names and addresses of a page's files as of a day; none for who may not export."""
    if not request.access.may(Permission.EXPORT):
        return []
    url = reverse(f"metrics:{page}", args=[request.access.brand.slug])
    return [
        (name, f"{url}?" + urlencode({"as_of": as_of.isoformat(), "format": kind}))
        for name, kind in FORMATS
        if kind == "csv" or rows <= SHEET_ROWS
    ]


def file_of(
    request: StaffRequest,
    about: str,
    *,
    as_of: date,
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> HttpResponseBase:
    """Answer with a table of a day in the format asked for, and write down who took it."""
    name = f"{about.replace(' ', '-')}-{as_of}"
    return export_table(
        request, name, head, rows, detail={"list": about, "as of": as_of.isoformat()}
    )
