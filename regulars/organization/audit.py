"""Write down who did what to whom."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from regulars.organization.access import Access
from regulars.organization.models import AuditAction, AuditEntry, Brand, User

Actor = Access | User | None
"""Who acts: somebody at a brand, somebody, or the command line."""


def user_of(by: Actor) -> User | None:
    return by.user if isinstance(by, Access) else by


def audit(
    by: Actor,
    action: AuditAction,
    *,
    now: datetime | None = None,
    brand: Brand | None = None,
    subject_kind: str = "",
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
    address: str | None = None,
) -> AuditEntry:
    """Write one line of the audit, in the caller's transaction.

    ``by`` is the Access of the request, a User, or None when nobody is signed in. ``subject`` is
    an id that stays the same for ever, such as a customer's public id, never a name; ``detail``
    holds JSON values, and no personal data beyond what it takes to say what changed.
    """
    here = by if isinstance(by, Access) else None
    return AuditEntry.objects.create(
        user=user_of(by),
        brand=here.brand if here else brand,
        action=action,
        subject_kind=subject_kind,
        subject=subject[:120],
        detail=dict(detail or {}),
        address=here.address if here else address,
        **({"at": now} if now else {}),
    )
