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
from regulars.organization.audit import Actor, audit
from regulars.organization.branches import (
    change_branch,
    close_branch,
    ensure_branches,
    open_branch,
    remove_unused_branches,
    reopen_branch,
)
from regulars.organization.brands import (
    BrandTaken,
    brand_called,
    brands_of,
    change_brand,
    open_brand,
)
from regulars.organization.invitations import InvitationNotValid, invite, set_password
from regulars.organization.masking import mask_email, mask_name, mask_phone, mask_value
from regulars.organization.models import (
    AuditAction,
    AuditEntry,
    Branch,
    Brand,
    Role,
    RoleName,
    User,
)
from regulars.organization.permissions import Permission
from regulars.organization.staff.table_files import csv_file, table_file
from regulars.organization.staffing import (
    BeyondOwnRole,
    BranchElsewhere,
    LastOwner,
    add_staff,
    dismiss,
    grant_role,
    remove_role,
    staff_list,
    take_back,
    take_on,
)

__all__ = [
    "Access",
    "Actor",
    "Audience",
    "AuditAction",
    "AuditEntry",
    "BeyondOwnRole",
    "Branch",
    "BranchElsewhere",
    "Branches",
    "Brand",
    "BrandTaken",
    "InvitationNotValid",
    "LastOwner",
    "NotStaffHere",
    "Page",
    "Permission",
    "Role",
    "RoleName",
    "SignedInRequest",
    "StaffRequest",
    "User",
    "access_of",
    "add_staff",
    "audit",
    "brand_called",
    "brands_of",
    "change_branch",
    "change_brand",
    "close_branch",
    "csv_file",
    "dismiss",
    "ensure_branches",
    "grant_role",
    "invite",
    "mask_email",
    "mask_name",
    "mask_phone",
    "mask_value",
    "open_branch",
    "open_brand",
    "public_page",
    "remove_role",
    "remove_unused_branches",
    "reopen_branch",
    "set_password",
    "signed_in_page",
    "staff_list",
    "staff_page",
    "table_file",
    "take_back",
    "take_on",
]
