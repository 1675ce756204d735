from regulars.identify.customers.models.customer import Customer
from regulars.identify.customers.models.field import Field, FieldKind
from regulars.identify.customers.models.former import FormerCustomer
from regulars.identify.customers.models.household import HouseholdMember, MemberKind
from regulars.identify.customers.models.identifier import BlockedValue, Identifier

__all__ = [
    "BlockedValue",
    "Customer",
    "Field",
    "FieldKind",
    "FormerCustomer",
    "HouseholdMember",
    "Identifier",
    "MemberKind",
]
