"""What a role allows."""

from enum import StrEnum, auto

from regulars.organization.models import RoleName


class Permission(StrEnum):
    SEE_METRICS = auto()
    SEE_CUSTOMERS = auto()
    SEE_PERSONAL_DATA = auto()  # without it, names and identifiers are masked
    EDIT_CUSTOMERS = auto()
    EDIT_SEGMENTS = auto()
    IMPORT = auto()
    EXPORT = auto()
    MANAGE_BRAND = auto()  # thresholds, fields, rules, branches
    MANAGE_STAFF = auto()
    SEE_AUDIT = auto()


ALLOWED: dict[str, frozenset[Permission]] = {
    RoleName.OWNER: frozenset(Permission),
    RoleName.MARKETER: frozenset(Permission) - {Permission.MANAGE_STAFF, Permission.SEE_AUDIT},
    RoleName.ANALYST: frozenset(
        {
            Permission.SEE_METRICS,
            Permission.SEE_CUSTOMERS,
            Permission.EDIT_SEGMENTS,
            Permission.EXPORT,
        }
    ),
    RoleName.SERVICE: frozenset(
        {Permission.SEE_CUSTOMERS, Permission.SEE_PERSONAL_DATA, Permission.EDIT_CUSTOMERS}
    ),
    RoleName.BRANCH_MANAGER: frozenset(
        {
            Permission.SEE_METRICS,
            Permission.SEE_CUSTOMERS,
            Permission.SEE_PERSONAL_DATA,
            Permission.EDIT_CUSTOMERS,
        }
    ),
}
