"""The list of customers, and the file of those it shows."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from regulars.differentiate.metrics.public import (
    FileFormat,
    Wanted,
    ask_for_export,
    newest_day,
    values_known,
)
from regulars.differentiate.segments.public import segments_found
from regulars.identify.customers.public import Field, fields_of
from regulars.organization.public import (
    Access,
    Branch,
    Brand,
    Permission,
    StaffRequest,
    staff_page,
)
from regulars.staff.customers.asked import Asked, asked, segments_named
from regulars.staff.customers.columns import (
    COLUMNS,
    SORTS,
    UNJUDGED,
    USUAL,
    Column,
    own_columns,
)
from regulars.staff.customers.controls import SUGGESTED, Control, chips, controls
from regulars.staff.customers.judged import filters_of, find
from regulars.staff.customers.rows import shown_rows
from regulars.staff.customers.valued import with_worth


@staff_page(Permission.SEE_CUSTOMERS)
def customers(request: StaffRequest, brand: Brand) -> HttpResponse:
    access = request.access
    fields = _fields(access)
    columns = (*COLUMNS, *own_columns(fields))
    question = _question(request, columns, fields)
    found = find(question, brand=brand, branch_ids=access.branch_ids, now=timezone.now())
    wanted = (question.columns or USUAL) if found.judged else UNJUDGED
    shown = [column for column in columns if column.key in wanted]
    offered = _controls(question, access, fields, found.as_of) if found.as_of else []
    rows = with_worth(found.rows, brand=brand, columns=shown, day=found.as_of)
    context = {
        "brand": brand,
        "found": found,
        "rows": shown_rows(rows, access=access, columns=shown),
        "heads": [(column, _sorted_by(question, column.sort)) for column in shown],
        "next": question.query(after=found.following) if found.following else "",
        "first": question.query() if question.after else "",
        "asked": question,
        "controls": offered,
        "chips": chips(question, offered),
        "columns": [(column, column.key in wanted) for column in columns],
        "formats": FileFormat.choices if access.may(Permission.EXPORT) else [],
        "editable": access.may(Permission.EDIT_CUSTOMERS),
    }
    return render(request, "staff/customers.html", context)


@staff_page(Permission.EXPORT)
@require_POST
def customers_export(request: StaffRequest, brand: Brand) -> HttpResponse:
    access, now = request.access, timezone.now()
    day = newest_day(brand=brand, now=now)
    if day is None or request.POST.get("format") not in FileFormat:
        return redirect("staff:customers", brand.slug)
    question = _question(request, COLUMNS, _fields(access))
    wanted = Wanted(
        brand=brand,
        as_of=day,
        filters=filters_of(question, brand=brand),
        branch_ids=access.branch_ids,
        named_at=access.branches_for(Permission.SEE_PERSONAL_DATA),
    )
    chosen = FileFormat(request.POST["format"])
    export = ask_for_export(
        wanted=wanted, file_format=chosen, asked=question.query(), by=access, now=now
    )
    return redirect("metrics:export", brand.slug, export.pk)


def _question(request: StaffRequest, columns: Sequence[Column], fields: Sequence[Field]) -> Asked:
    keys = frozenset(column.key for column in columns)
    return asked(request.GET, sorts=frozenset(SORTS), columns=keys, fields=fields)


def _fields(access: Access) -> list[Field]:
    """Return the fields of the staff by which, and of which, this person may see something."""
    return [one for one in fields_of(brand=access.brand) if not (one.personal and access.masked)]


def _controls(question: Asked, access: Access, fields: Sequence[Field], day: date) -> list[Control]:
    brand = access.brand
    branches = Branch.objects.filter(brand=brand).order_by("name")
    if access.branch_ids is not None:
        branches = branches.filter(pk__in=access.branch_ids)
    known = values_known(
        brand_id=brand.pk, as_of=day, fields=SUGGESTED, branch_ids=access.branch_ids
    )
    return controls(
        question,
        brand=brand,
        branches=list(branches),
        fields=fields,
        segments=segments_found(brand=brand, also=[abs(one) for one in segments_named(question)]),
        known=known,
    )


def _sorted_by(question: Asked, sort: str) -> dict[str, str]:
    """The address that sorts by a column, or turns it round, and how it is sorted now."""
    if not sort:
        return {}
    here = question.sort == sort
    down = not question.descending if here else True
    now = ("descending" if question.descending else "ascending") if here else ""
    return {"url": question.query(sort=sort, descending=down), "now": now}
