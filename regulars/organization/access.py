"""What one person may do at one brand, and for which of its branches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType

from django.db.models import Q

from regulars.organization.models import Brand, Role, User
from regulars.organization.permissions import ALLOWED, Permission

Branches = frozenset[int] | None
"""Ids of branches; None is every branch, also those opened later."""

NOWHERE: frozenset[int] = frozenset()


class Anywhere(Enum):
    """Some branch, whichever."""

    ANYWHERE = auto()


ANYWHERE = Anywhere.ANYWHERE


class NotStaffHere(Exception):
    """The brand does not exist, or the person has no role there: who asks must not learn which."""


@dataclass(frozen=True, kw_only=True)
class Access:
    """A person at a brand. ``asked`` is what the page needs; ``branch_ids`` is where they have it,
    ``address`` the network address the request came from.

    Each permission has its own reach: who is analyst of the brand and manager of one branch
    counts everybody, but sees names at that branch only.
    """

    user: User
    brand: Brand
    reach: Mapping[Permission, Branches]
    asked: Permission
    address: str | None = None

    @property
    def permissions(self) -> frozenset[Permission]:
        return frozenset(self.reach)

    @property
    def branch_ids(self) -> Branches:
        return self.branches_for(self.asked)

    @property
    def masked(self) -> bool:
        """Whether personal data must be masked on a page about everybody the person sees."""
        return not (
            self.may(Permission.SEE_PERSONAL_DATA)
            and _covers(self.branches_for(Permission.SEE_PERSONAL_DATA), self.branch_ids)
        )

    def masked_at(self, branch_id: int | None) -> bool:
        """Whether the personal data of a customer of this home branch, or of none, is masked."""
        return not self.may(Permission.SEE_PERSONAL_DATA, branch_id=branch_id)

    def branches_for(self, permission: Permission) -> Branches:
        return self.reach.get(permission, NOWHERE)

    def permits(self, *, everywhere: bool = False) -> bool:
        """Whether the person may do what the page asks; ``everywhere``, at every branch."""
        return self.asked in self.reach and not (everywhere and self.branch_ids is not None)

    def may(self, permission: Permission, *, branch_id: int | Anywhere | None = ANYWHERE) -> bool:
        """Whether the person may do this somewhere; with a branch, whether they may there.

        What has no branch, ``None``, is within reach only of who may do this at every branch.
        """
        branches = self.branches_for(permission)
        if branch_id is ANYWHERE:
            return permission in self.reach
        return branches is None or branch_id in branches


def access_of(
    user: User, *, brand_slug: str, asked: Permission, address: str | None = None
) -> Access:
    """Read what ``user`` may do at a brand, in two queries. Raises NotStaffHere."""
    brand = Brand.objects.filter(slug=brand_slug).first()
    if brand is None:
        raise NotStaffHere(brand_slug)
    roles = Role.objects.filter(Q(brand=None) | Q(brand=brand), user=user)
    held = list(roles.values_list("name", "branch_id"))
    if not held:
        raise NotStaffHere(brand_slug)
    return Access(user=user, brand=brand, reach=reach_of(held), asked=asked, address=address)


def reach_of(roles: Iterable[tuple[str, int | None]]) -> Mapping[Permission, Branches]:
    """Unite roles, given as name and branch: for each permission, the branches where it holds."""
    reach: dict[Permission, Branches] = {}
    for name, branch_id in roles:
        for permission in ALLOWED[name]:
            reach[permission] = _with(reach.get(permission, NOWHERE), branch_id)
    return MappingProxyType(reach)


def _with(branches: Branches, branch_id: int | None) -> Branches:
    return None if branches is None or branch_id is None else branches | {branch_id}


def _covers(branches: Branches, others: Branches) -> bool:
    return branches is None or (others is not None and others <= branches)
