"""Change a row of the organization so that it can be read about, and undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction

from regulars.organization.audit import Actor, audit
from regulars.organization.models import AuditAction, AuditEntry, Brand


class ChangedSince(Exception):
    """What is to be undone has been changed again since; undoing it would lose that."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a change is about, as the audit names it."""

    brand: Brand | None
    kind: str
    key: str


def change(
    row: models.Model, values: Mapping[str, Any], *, about: Subject, by: Actor, now: datetime
) -> AuditEntry | None:
    """Set ``values`` on a row and write down what they were; None when all of them were so.

    Raises ValidationError and leaves the row as it was.
    """
    with transaction.atomic():
        current = type(row)._base_manager.select_for_update().get(pk=row.pk)
        before = {name: getattr(current, name) for name in values}
        if before == dict(values):
            return None
        for name, value in values.items():
            setattr(row, name, value)
        row.full_clean()
        row.save(update_fields=list(values))
        return audit(
            by,
            AuditAction.CHANGE,
            now=now,
            brand=about.brand,
            subject_kind=about.kind,
            subject=about.key,
            detail={"before": _plain(before), "after": _plain(values)},
        )


def change_back(
    row: models.Model, entry: AuditEntry, *, about: Subject, by: Actor, now: datetime
) -> None:
    """Give a row the values it had before ``entry``. Raises ChangedSince."""
    before, after = entry.detail["before"], entry.detail["after"]
    with transaction.atomic():
        current = type(row)._base_manager.select_for_update().get(pk=row.pk)
        if _plain({name: getattr(current, name) for name in after}) != after:
            raise ChangedSince
        for name, value in before.items():
            setattr(row, name, _field(row, name).to_python(value))
        row.save(update_fields=list(before))
        audit(
            by,
            AuditAction.UNDO,
            now=now,
            brand=about.brand,
            subject_kind=about.kind,
            subject=about.key,
            detail={"before": after, "after": before, "undone": entry.pk},
        )


def _field(row: models.Model, name: str) -> "models.Field[Any, Any]":
    field = row._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101 - a relation is never in a change
    return field


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value if value is None or isinstance(value, bool) else str(value)
        for name, value in values.items()
    }
