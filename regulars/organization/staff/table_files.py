"""Tables as files to take away: for spreadsheets of today, and for everything else."""

import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from regulars.lib.comma_separated import csv_lines
from regulars.organization.audience import StaffRequest
from regulars.organization.audit import audit
from regulars.organization.models import AuditAction

Rows = Iterable[Sequence[object]]
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export_table(
    request: StaffRequest,
    name: str,
    head: Sequence[str],
    rows: Rows,
    *,
    subject_kind: str = "customers",
    detail: Mapping[str, object] | None = None,
) -> HttpResponseBase:
    """Answer with a table in the ``format`` that the address asks for, and audit who took it.

    The file's name begins with the brand's; ``subject_kind`` and ``detail`` are for the audit. The
    first row is asked for at once, so that rows that cannot be read are no torn file.
    """
    rest = iter(rows)
    begun = list(islice(rest, 1))
    access, now = request.access, timezone.now()
    audit(access, AuditAction.EXPORT, subject_kind=subject_kind, detail=detail, now=now)
    file_format = request.GET.get("format", "csv")
    return table_file(
        f"{access.brand.slug}-{name}", head, chain(begun, rest), file_format=file_format
    )


def table_file(
    name: str, head: Sequence[str], rows: Rows, *, file_format: str = "csv"
) -> HttpResponseBase:
    """Answer with a table as a file, ``csv`` or ``xlsx``; what is neither is ``csv``."""
    return (xlsx_file if file_format == "xlsx" else csv_file)(name, head, rows)


def csv_file(name: str, head: Sequence[str], rows: Rows) -> StreamingHttpResponse:
    """Answer with comma-separated values, row by row."""
    lines = csv_lines(head, rows)
    return StreamingHttpResponse(
        lines, content_type="text/csv; charset=utf-8", headers=_saved_as(f"{name}.csv")
    )


def xlsx_file(name: str, head: Sequence[str], rows: Rows) -> HttpResponse:
    """Answer with a workbook of one sheet, made in memory: for thousands of rows, not millions."""
    import xlsxwriter  # only this format needs it

    book_file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "default_date_format": "yyyy-mm-dd"}  # fmt: skip
    with xlsxwriter.Workbook(book_file, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, head, book.add_format({"bold": True}))
        for place, row in enumerate(rows, start=1):
            sheet.write_row(place, 0, row)
    headers = _saved_as(f"{name}.xlsx")
    return HttpResponse(book_file.getvalue(), content_type=SHEET, headers=headers)


def _saved_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
