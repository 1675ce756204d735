"""Draw a brand's lines elsewhere, and put them back."""

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from regulars.differentiate.metrics.limits import DEFAULTS, Limits, limits_from, limits_in
from regulars.differentiate.metrics.models import Thresholds
from regulars.organization.public import Actor, AuditAction, AuditEntry, Brand, audit

SUBJECT = "thresholds"


class ThresholdsChangedSince(Exception):
    """What is to be undone has been changed again since; undoing it would lose that."""


def change_thresholds(
    *, brand: Brand, limits: Limits, by: Actor, now: datetime
) -> AuditEntry | None:
    """Set a brand's thresholds; None when they were so. Metrics follow when next computed.

    The product's own definitions leave no row. Raises ValidationError and changes nothing.
    """
    with transaction.atomic():
        row = Thresholds.objects.select_for_update().filter(brand=brand).first()
        return _change(brand, limits_in(row), limits, by, now)


def undo_thresholds(entry: AuditEntry, *, brand: Brand, by: Actor, now: datetime) -> None:
    """Give a brand the thresholds it had before ``entry``. Raises ThresholdsChangedSince."""
    with transaction.atomic():
        current = limits_in(Thresholds.objects.select_for_update().filter(brand=brand).first())
        if current.as_dict() != entry.detail.get("after"):
            raise ThresholdsChangedSince
        _change(brand, current, limits_from(entry.detail["before"]), by, now)


def _change(
    brand: Brand, before: Limits, after: Limits, by: Actor, now: datetime
) -> AuditEntry | None:
    if before == after:
        return None
    row = _row(brand, after, now)
    row.full_clean(validate_unique=False)
    if after == DEFAULTS:
        row.delete()
    else:
        row.save()
    return audit(
        by,
        AuditAction.CHANGE,
        now=now,
        brand=brand,
        subject_kind=SUBJECT,
        detail={"before": before.as_dict(), "after": after.as_dict()},
    )


def _row(brand: Brand, limits: Limits, now: datetime) -> Thresholds:
    told = asdict(limits)
    for name in ("silent_multiple", "dormant_multiple"):
        told[name] = Decimal(str(told[name]))
    return Thresholds(brand=brand, changed_at=now, **told)
