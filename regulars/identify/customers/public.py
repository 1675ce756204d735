"""The customers' front door: who they are, and by what they are recognized."""

from regulars.identify.customers.identifier_kinds import (
    KINDS,
    IdentifierKind,
    UnknownKind,
    blocked_pattern,
    identifier_kind,
    is_blocked,
)
from regulars.identify.customers.models import (
    BlockedValue,
    Customer,
    Field,
    FieldKind,
    HouseholdMember,
    Identifier,
    MemberKind,
)
from regulars.identify.customers.naming import name_keys, search_name, turned_name
from regulars.identify.customers.normalization import (
    NotAnIdentifier,
    normal_form,
    normal_forms,
    tail,
)

__all__ = [
    "KINDS",
    "BlockedValue",
    "Customer",
    "Field",
    "FieldKind",
    "HouseholdMember",
    "Identifier",
    "IdentifierKind",
    "MemberKind",
    "NotAnIdentifier",
    "UnknownKind",
    "blocked_pattern",
    "identifier_kind",
    "is_blocked",
    "name_keys",
    "normal_form",
    "normal_forms",
    "search_name",
    "tail",
    "turned_name",
]
