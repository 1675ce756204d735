"""Open, change and close the branches of a brand."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from regulars.lake.public import pointing_at
from regulars.organization.audit import Actor, audit
from regulars.organization.changes import Subject, change
from regulars.organization.models import AuditAction, AuditEntry, Branch, Brand


def open_branch(
    brand: Brand,
    *,
    code: str,
    name: str = "",
    city: str = "",
    opened_on: date | None = None,
    by: Actor,
    now: datetime,
) -> Branch:
    """Open a branch. Raises ValidationError, also when the brand has one with this code."""
    branch = Branch(brand=brand, code=code, name=name or code, city=city, opened_on=opened_on)
    branch.full_clean()
    with transaction.atomic():
        branch.save()
        audit(
            by,
            AuditAction.CREATE,
            now=now,
            brand=brand,
            subject_kind="branch",
            subject=str(branch.pk),
            detail={"after": {"code": code, "name": branch.name}},
        )
    return branch


def ensure_branches(
    brand: Brand, *, codes: Iterable[str], by: Actor, now: datetime
) -> dict[str, int]:
    """Return the ids of branches by code, opening those the brand does not have yet.

    Codes are given trimmed, at most forty characters, and not empty. Two callers at once open
    each branch once.
    """
    wanted = set(codes)
    known = _ids(brand, wanted)
    missing = sorted(wanted - known.keys())
    if not missing:
        return known
    with transaction.atomic():
        rows = [Branch(brand=brand, code=code, name=code) for code in missing]
        Branch.objects.bulk_create(rows, ignore_conflicts=True)
        audit(
            by,
            AuditAction.CREATE,
            now=now,
            brand=brand,
            subject_kind="branch",
            detail={"codes": missing[:100], "count": len(missing)},
        )
    return _ids(brand, wanted)


def remove_unused_branches(brand: Brand, *, ids: Iterable[int], by: Actor, now: datetime) -> int:
    """Remove those of these branches that are as they were opened and that nothing names.

    Return how many. It takes back what ``ensure_branches`` did.
    """
    untouched = Branch.objects.filter(
        brand=brand, pk__in=list(ids), name=F("code"), city="", opened_on=None, closed_on=None
    )
    with transaction.atomic():
        unused = set(untouched.values_list("pk", flat=True))
        for table, column in pointing_at(Branch):
            unused -= _named(unused, table=table, column=column)
        if unused:
            Branch.objects.filter(pk__in=unused).delete()
            audit(
                by,
                AuditAction.REMOVE,
                now=now,
                brand=brand,
                subject_kind="branch",
                detail={"count": len(unused)},
            )
    return len(unused)


def change_branch(
    branch: Branch, *, values: Mapping[str, Any], by: Actor, now: datetime
) -> AuditEntry | None:
    """Set ``values`` on a branch, undoably. Raises ValidationError."""
    return change(branch, values, about=branch_subject(branch), by=by, now=now)


def close_branch(branch: Branch, *, on: date, by: Actor, now: datetime) -> AuditEntry | None:
    """Close a branch from a day on; its customers and orders stay what they are."""
    return change_branch(branch, values={"closed_on": on}, by=by, now=now)


def reopen_branch(branch: Branch, *, by: Actor, now: datetime) -> AuditEntry | None:
    """Open a closed branch again."""
    return change_branch(branch, values={"closed_on": None}, by=by, now=now)


def branch_subject(branch: Branch) -> Subject:
    return Subject(brand=branch.brand, kind="branch", key=str(branch.pk))


def _named(ids: set[int], *, table: str, column: str) -> set[int]:
    """Return those of the ids that a column holds."""
    if not ids:
        return set()
    numbers = ", ".join(str(int(number)) for number in ids)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IN ({numbers})")  # noqa: S608
        return {number for (number,) in cursor.fetchall()}


def _ids(brand: Brand, codes: set[str]) -> dict[str, int]:
    found = Branch.objects.filter(brand=brand, code__in=codes)
    return dict(found.values_list("code", "pk"))
