"""The people and animals a customer buys for."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from regulars.identify.customers.models import Customer, HouseholdMember
from regulars.identify.customers.profile import NotABirthday
from regulars.lake.public import Removal, next_revision
from regulars.organization.public import AuditAction, User, audit


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What is known about a member of a household; ``species`` of a pet."""

    kind: str
    name: str = ""
    species: str = ""
    gender: str = ""
    born_on: date | None = None
    stage: str = ""


def member_of(row: HouseholdMember) -> Member:
    """Return what is known about the member."""
    return Member(**{name: getattr(row, name) for name in Member.__slots__})


def add_member(
    *, customer: Customer, member: Member, by: User | None, now: datetime
) -> HouseholdMember:
    """Add somebody to the customer's household. Raises NotABirthday."""
    return _write(HouseholdMember(customer=customer), member, AuditAction.CREATE, by=by, now=now)


def change_member(
    *, row: HouseholdMember, member: Member, by: User | None, now: datetime
) -> HouseholdMember:
    """Change what is known about a member. Raises NotABirthday."""
    if member_of(row) == member:
        return row
    return _write(row, member, AuditAction.CHANGE, by=by, now=now)


def remove_member(*, row: HouseholdMember, by: User | None, now: datetime) -> Member:
    """Remove a member and return what was known, for ``restore_member``."""
    with transaction.atomic():
        Removal.objects.create(table="household", row_id=row.pk, revision=next_revision())
        _audit(row, AuditAction.REMOVE, by=by, now=now)
        removed = member_of(row)
        row.delete()
    return removed


def restore_member(
    *, customer: Customer, member: Member, by: User | None, now: datetime
) -> HouseholdMember:
    """Bring back a member who was removed; twice brings one."""
    known = customer.household.filter(**asdict(member)).first()
    return known or _write(
        HouseholdMember(customer=customer), member, AuditAction.UNDO, by=by, now=now
    )


def _write(
    row: HouseholdMember, member: Member, action: AuditAction, *, by: User | None, now: datetime
) -> HouseholdMember:
    if member.born_on and member.born_on > now.astimezone(row.customer.brand.zone).date():
        raise NotABirthday(member.born_on)
    with transaction.atomic():
        for name, value in asdict(member).items():
            setattr(row, name, value)
        row.revision = next_revision()
        row.save()
        _audit(row, action, by=by, now=now)
    return row


def _audit(row: HouseholdMember, action: AuditAction, *, by: User | None, now: datetime) -> None:
    audit(by, action, now=now, brand=row.customer.brand, subject_kind="customer",
          subject=row.customer.public_id, detail={"household": row.kind})  # fmt: skip
