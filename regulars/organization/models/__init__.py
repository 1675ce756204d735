from regulars.organization.models.audit_entry import AuditAction, AuditEntry
from regulars.organization.models.brand import Branch, Brand, TwoFactorFor
from regulars.organization.models.invitation import Invitation
from regulars.organization.models.role import Role, RoleName
from regulars.organization.models.trouble import Trouble
from regulars.organization.models.user import User

__all__ = [
    "AuditAction",
    "AuditEntry",
    "Branch",
    "Brand",
    "Invitation",
    "Role",
    "RoleName",
    "Trouble",
    "TwoFactorFor",
    "User",
]
