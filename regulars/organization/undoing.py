"""Take back what was done to the organization, from what the audit says of it."""

from collections.abc import Callable
from datetime import datetime

from regulars.organization.audit import Actor
from regulars.organization.branches import branch_subject
from regulars.organization.brands import brand_subject
from regulars.organization.changes import change_back
from regulars.organization.models import (
    AuditAction,
    AuditEntry,
    Branch,
    Brand,
    Role,
    RoleName,
    User,
)
from regulars.organization.staffing import dismiss, grant_role, remove_role, take_back

Undo = Callable[[AuditEntry, Actor, datetime], None]


class NothingToUndo(Exception):
    """This entry is of something that cannot be taken back, or is taken back already."""


def undo(entry: AuditEntry, *, by: Actor, now: datetime) -> None:
    """Take back what ``entry`` says was done.

    Raises NothingToUndo, ChangedSince when it was changed again since, and whatever the opposite
    deed raises: BeyondOwnRole, LastOwner.
    """
    take = _HOW.get((entry.subject_kind, entry.action))
    if take is None or not entry.detail:
        raise NothingToUndo("This cannot be taken back.")
    take(entry, by, now)


def can_undo(entry: AuditEntry) -> bool:
    """Whether an entry is of a kind that can be taken back."""
    values = entry.subject_kind == "role" or "before" in entry.detail
    return values and (entry.subject_kind, entry.action) in _HOW


def _undo_brand(entry: AuditEntry, by: Actor, now: datetime) -> None:
    brand = Brand.objects.get(slug=entry.subject)
    change_back(brand, entry, about=brand_subject(brand), by=by, now=now)


def _undo_branch(entry: AuditEntry, by: Actor, now: datetime) -> None:
    branch = Branch.objects.select_related("brand").get(pk=entry.subject, brand=entry.brand)
    change_back(branch, entry, about=branch_subject(branch), by=by, now=now)


def _undo_dismissal(entry: AuditEntry, by: Actor, now: datetime) -> None:
    user = User.objects.get(pk=entry.subject)
    was_active = entry.detail.get("before", {}).get("is_active")
    if was_active is None or was_active == user.is_active:
        raise NothingToUndo("This is taken back already.")
    (take_back if was_active else dismiss)(user, by=by, now=now)


def _undo_removal(entry: AuditEntry, by: Actor, now: datetime) -> None:
    place = entry.detail
    grant_role(
        User.objects.get(pk=entry.subject),
        name=RoleName(place["role"]),
        brand=Brand.objects.get(pk=place["brand_id"]) if place["brand_id"] else None,
        branch=Branch.objects.get(pk=place["branch_id"]) if place["branch_id"] else None,
        by=by,
        now=now,
    )


def _undo_grant(entry: AuditEntry, by: Actor, now: datetime) -> None:
    role = Role.objects.filter(
        user_id=int(entry.subject),
        name=entry.detail["role"],
        brand=entry.detail["brand_id"],
        branch=entry.detail["branch_id"],
    ).first()
    if role is None:
        raise NothingToUndo("This is taken back already.")
    remove_role(role, by=by, now=now)


_HOW: dict[tuple[str, str], Undo] = {
    ("brand", AuditAction.CHANGE): _undo_brand,
    ("branch", AuditAction.CHANGE): _undo_branch,
    ("staff", AuditAction.CHANGE): _undo_dismissal,
    ("role", AuditAction.REMOVE): _undo_removal,
    ("role", AuditAction.CREATE): _undo_grant,
}
