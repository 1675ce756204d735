"""Say which values identify nobody, at every brand and at one."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from regulars.identify.customers.identifier_kinds import is_blocked
from regulars.identify.customers.models import BlockedValue, Identifier
from regulars.identify.customers.normalization import normal_form
from regulars.identify.customers.removed import RemovedIdentifier, take_out
from regulars.lake.public import next_revision
from regulars.organization.public import AuditAction, Brand, User, audit


class BlockedIdentifier(ValueError):
    """The value identifies nobody: ``guest``, ``0``, or one the brand has blocked."""

    def __init__(self, kind: str, value: str) -> None:
        super().__init__(kind, value)
        self.kind, self.value = kind, value


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocking:
    """A value blocked, and the identifier that was taken from a customer because of it."""

    blocked: BlockedValue
    removed: RemovedIdentifier | None


def accepted_form(*, brand: Brand, kind: str, value: str) -> str:
    """Return the normal form of a value that may identify a customer of the brand.

    Raises BlockedIdentifier, NotAnIdentifier, UnknownKind.
    """
    if is_blocked(kind, value.strip()):
        raise BlockedIdentifier(kind, value)
    normal = normal_form(kind, value, country=brand.country)
    if is_blocked(kind, normal) or _brand_blocks(brand, kind, normal):
        raise BlockedIdentifier(kind, value)
    return normal


def block_value(*, brand: Brand, kind: str, value: str, by: User | None, now: datetime) -> Blocking:
    """Block a value at the brand, and take it from the customer who has it, if one has.

    Blocking it again changes nothing. Raises NotAnIdentifier, UnknownKind.
    """
    normal = normal_form(kind, value, country=brand.country)
    with transaction.atomic():
        blocked, made = BlockedValue.objects.get_or_create(brand=brand, kind=kind, value=normal)
        if made:
            audit(by, AuditAction.CREATE, now=now, brand=brand, subject_kind="blocked_value",
                  subject=str(blocked.pk), detail={"kind": kind})  # fmt: skip
        glued = Identifier.objects.filter(brand=brand, kind=kind, value=normal).first()
        removed = take_out(glued, revision=next_revision()) if glued else None
    return Blocking(blocked=blocked, removed=removed)


def unblock_value(*, blocked: BlockedValue, by: User | None, now: datetime) -> None:
    """Let the value identify people again; nobody gets it back by that."""
    with transaction.atomic():
        audit(by, AuditAction.REMOVE, now=now, brand=blocked.brand, subject_kind="blocked_value",
              subject=str(blocked.pk), detail={"kind": blocked.kind})  # fmt: skip
        blocked.delete()


def _brand_blocks(brand: Brand, kind: str, normal: str) -> bool:
    return BlockedValue.objects.filter(brand=brand, kind=kind, value=normal).exists()
