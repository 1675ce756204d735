"""Take people on, give them roles, and let them go.

Nobody gives or takes more than they hold themselves, and no brand is left without an owner.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from regulars.organization.audit import Actor, audit, user_of
from regulars.organization.changes import Subject, change
from regulars.organization.models import (
    AuditAction,
    AuditEntry,
    Branch,
    Brand,
    Role,
    RoleName,
    User,
)
from regulars.organization.permissions import ALLOWED, Permission


class BeyondOwnRole(Exception):
    """Who acts does not hold, everywhere the role would, all that the role allows."""


class LastOwner(Exception):
    """A brand would be left without an owner who can sign in."""


class BranchElsewhere(Exception):
    """The branch is not one of the brand."""


def add_staff(
    *, email: str, name: str = "", language: str = "", by: Actor, now: datetime
) -> tuple[User, bool]:
    """Find the person with this address, or take them on without a password and without a role."""
    address = email.strip().lower()
    with transaction.atomic():
        known = User.objects.filter(email=address).first()
        if known is not None:
            return known, False
        user = User(email=address, name=name, language=language)
        user.set_unusable_password()
        user.full_clean(exclude=["password"])
        user.save()
        audit(by, AuditAction.CREATE, now=now, subject_kind="staff", subject=str(user.pk))
    return user, True


def take_on(
    *,
    email: str,
    name: str = "",
    language: str = "",
    role: RoleName,
    brand: Brand | None,
    branch: Branch | None = None,
    by: Actor,
    now: datetime,
) -> tuple[User, bool]:
    """Add a person with a role, or a role to a person known by this address; say if they are new.

    Raises ValidationError for an address that is none, BeyondOwnRole and BranchElsewhere.
    """
    with transaction.atomic():
        user, is_new = add_staff(email=email, name=name, language=language, by=by, now=now)
        grant_role(user, name=role, brand=brand, branch=branch, by=by, now=now)
    return user, is_new


def grant_role(
    user: User,
    *,
    name: RoleName,
    brand: Brand | None,
    branch: Branch | None = None,
    by: Actor,
    now: datetime,
) -> Role:
    """Give a person a role at a brand, or at all; the same role twice is the same role.

    Raises BeyondOwnRole and BranchElsewhere.
    """
    if branch is not None and (brand is None or branch.brand_id != brand.pk):
        raise BranchElsewhere(f"{branch.name} is not a branch of that brand.")
    role = Role(user=user, name=name, brand=brand, branch=branch)
    _check_within_own(by, role)
    with transaction.atomic():
        held, made = Role.objects.get_or_create(user=user, name=name, brand=brand, branch=branch)
        if made:
            _audit_role(by, AuditAction.CREATE, held, now)
    return held


def remove_role(role: Role, *, by: Actor, now: datetime) -> AuditEntry:
    """Take a role away. Raises BeyondOwnRole and LastOwner."""
    _check_within_own(by, role)
    with _owners_kept():
        entry = _audit_role(by, AuditAction.REMOVE, role, now)
        role.delete()
    return entry


def introduce(user: User, *, name: str, language: str, by: Actor, now: datetime) -> None:
    """Change what a person is called and the language they read; the audit keeps no names."""
    user.name, user.language = name, language
    user.full_clean(exclude=["password"])
    with transaction.atomic():
        user.save(update_fields=["name", "language"])
        audit(
            by,
            AuditAction.CHANGE,
            now=now,
            subject_kind="staff",
            subject=str(user.pk),
            detail={"fields": ["name", "language"]},
        )


def dismiss(user: User, *, by: Actor, now: datetime) -> AuditEntry | None:
    """Let a person sign in no more; their roles stay on paper. Raises as remove_role does."""
    return _set_active(user, active=False, by=by, now=now)


def take_back(user: User, *, by: Actor, now: datetime) -> AuditEntry | None:
    """Let a dismissed person sign in again. Raises BeyondOwnRole."""
    return _set_active(user, active=True, by=by, now=now)


def may_grant(by: Actor, *, name: str, brand: Brand | None, branch: Branch | None = None) -> bool:
    """Whether who acts holds everything the role allows, wherever the role holds."""
    user = user_of(by)
    if user is None:
        return True
    held = list(Role.objects.filter(user=user))
    place = (brand.pk if brand else None, branch.pk if branch else None)
    needed = ALLOWED[name] | {Permission.MANAGE_STAFF}
    return all(
        any(permission in ALLOWED[role.name] and _reaches(role, *place) for role in held)
        for permission in needed
    )


def staff_list(brand: Brand | None = None) -> list[User]:
    """List the people with a role at a brand, or all people, with the roles they hold."""
    return list(staff_of(brand) if brand else _people(Role.objects.all()))


def staff_of(brand: Brand) -> QuerySet[User]:
    """The people with a role at a brand, by name, each with the roles they hold there."""
    here = Role.objects.filter(Q(brand=None) | Q(brand=brand))
    return _people(here).filter(Exists(here.filter(user=OuterRef("pk"))))


def staff_subject(user: User, brand: Brand | None = None) -> Subject:
    return Subject(brand=brand, kind="staff", key=str(user.pk))


def _people(roles: QuerySet[Role]) -> QuerySet[User]:
    placed = roles.select_related("brand", "branch").order_by("name", "pk")
    return User.objects.order_by("name", "email").prefetch_related(Prefetch("roles", placed))


def _reaches(role: Role, brand_id: int | None, branch_id: int | None) -> bool:
    at_brand = role.brand_id is None or role.brand_id == brand_id
    return at_brand and (role.branch_id is None or role.branch_id == branch_id)


def _check_within_own(by: Actor, role: Role) -> None:
    if not may_grant(by, name=role.name, brand=role.brand, branch=role.branch):
        raise BeyondOwnRole("Nobody gives or takes more than they hold themselves.")


def _set_active(user: User, *, active: bool, by: Actor, now: datetime) -> AuditEntry | None:
    roles = list(Role.objects.filter(user=user).select_related("brand", "branch"))
    for role in roles or [Role(user=user, name=RoleName.OWNER)]:
        _check_within_own(by, role)
    about = staff_subject(user, getattr(by, "brand", None))
    with _owners_kept():
        return change(user, {"is_active": active}, about=about, by=by, now=now)


@contextmanager
def _owners_kept() -> Iterator[None]:
    """Run a change in a transaction, and raise LastOwner if it costs a brand its last owner.

    The brands are locked, so that two owners who dismiss each other cannot both succeed.
    """
    with transaction.atomic():
        list(Brand.objects.select_for_update().order_by("pk").values_list("pk"))
        before = _owned_brand_ids()
        yield
        if before - _owned_brand_ids():
            raise LastOwner("A brand needs an owner who can sign in.")


def _owned_brand_ids() -> set[int]:
    owners = Role.objects.filter(name=RoleName.OWNER, branch=None, user__is_active=True)
    able = owners.exclude(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    here = able.filter(Q(brand=None) | Q(brand=OuterRef("pk")))
    return set(Brand.objects.filter(Exists(here)).values_list("pk", flat=True))


def _audit_role(by: Actor, action: AuditAction, role: Role, now: datetime) -> AuditEntry:
    place = {"role": role.name, "brand_id": role.brand_id, "branch_id": role.branch_id}
    return audit(
        by,
        action,
        now=now,
        brand=role.brand,
        subject_kind="role",
        subject=str(role.user_id),
        detail=place,
    )
