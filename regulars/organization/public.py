"""The organization's front door: brands, branches, staff, and what they may do."""

from regulars.organization.access import Access, Branches, NotStaffHere, access_of
from regulars.organization.audience import (
    Audience,
    Page,
    SignedInRequest,
    StaffRequest,
    public_page,
    signed_in_page,
    staff_page,
)
from regulars.organization.audit import audit
from regulars.organization.masking import mask_email, mask_name, mask_phone, mask_value
from regulars.organization.models import AuditEntry, Branch, Brand, Role, RoleName, User
from regulars.organization.models.audit_entry import AuditAction
from regulars.organization.permissions import Permission

__all__ = [
    "Access",
    "Audience",
    "AuditAction",
    "AuditEntry",
    "Branch",
    "Branches",
    "Brand",
    "NotStaffHere",
    "Page",
    "Permission",
    "Role",
    "RoleName",
    "SignedInRequest",
    "StaffRequest",
    "User",
    "access_of",
    "audit",
    "mask_email",
    "mask_name",
    "mask_phone",
    "mask_value",
    "public_page",
    "signed_in_page",
    "staff_page",
]
