"""The customers' front door: who they are, and by what they are recognized."""

from regulars.identify.customers.models import (
    BlockedValue,
    Customer,
    Field,
    FieldKind,
    HouseholdMember,
    Identifier,
    MemberKind,
)

__all__ = [
    "BlockedValue",
    "Customer",
    "Field",
    "FieldKind",
    "HouseholdMember",
    "Identifier",
    "MemberKind",
]
