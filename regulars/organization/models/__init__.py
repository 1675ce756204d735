from regulars.organization.models.audit_entry import AuditEntry
from regulars.organization.models.brand import Branch, Brand
from regulars.organization.models.role import Role, RoleName
from regulars.organization.models.user import User

__all__ = ["AuditEntry", "Branch", "Brand", "Role", "RoleName", "User"]
