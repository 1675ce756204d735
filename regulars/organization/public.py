"""The organization's front door: brands, branches, staff, and what they may do."""

from regulars.organization.models import AuditEntry, Branch, Brand, Role, RoleName, User
from regulars.organization.models.audit_entry import AuditAction

__all__ = ["AuditAction", "AuditEntry", "Branch", "Brand", "Role", "RoleName", "User"]
