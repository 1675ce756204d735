"""Write down who did what to whom."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from regulars.organization.access import Access
from regulars.organization.models import AuditEntry, Brand, User
from regulars.organization.models.audit_entry import AuditAction


def audit(
    by: Access | User | None,
    action: AuditAction,
    *,
    now: datetime | None = None,
    brand: Brand | None = None,
    subject_kind: str = "",
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
    address: str | None = None,
) -> None:
    """Write one line of the audit, in the caller's transaction.

    ``by`` is the Access of the request, a User, or None when nobody is signed in. ``subject`` is
    an id that stays the same for ever, such as a customer's public id, never a name; ``detail``
    holds JSON values, and no personal data beyond what it takes to say what changed.
    """
    AuditEntry.objects.create(
        user=by.user if isinstance(by, Access) else by,
        brand=by.brand if isinstance(by, Access) else brand,
        action=action,
        subject_kind=subject_kind,
        subject=subject[:120],
        detail=dict(detail or {}),
        address=address,
        **({"at": now} if now else {}),
    )
