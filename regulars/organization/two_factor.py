"""Who must sign in with two factors, and who does."""

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from regulars.organization.access import Access
from regulars.organization.models import Brand, Role, TwoFactorFor, User
from regulars.organization.permissions import ALLOWED, Permission


def with_second_factor(people: QuerySet[User]) -> QuerySet[User]:
    """Annotate people with ``two_factor``: whether they sign in with two factors."""
    totp = Authenticator.objects.filter(user_id=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return people.annotate(two_factor=Exists(totp))


def has_second_factor(user: User) -> bool:
    return bool(
        Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()
    )


def lacks_second_factor(access: Access) -> bool:
    """Whether the brand requires a second factor that the person has not set up."""
    owner = access.may(Permission.MANAGE_STAFF)
    return _demanded(access.brand, owner=owner) and not has_second_factor(access.user)


def must_have_second_factor(user: User) -> bool:
    """Whether any brand requires a second factor of a person."""
    for role in Role.objects.filter(user=user).select_related("brand"):
        brands = Brand.objects.all() if role.brand is None else [role.brand]
        owner = Permission.MANAGE_STAFF in ALLOWED[role.name]
        if any(_demanded(brand, owner=owner) for brand in brands):
            return True
    return False


def _demanded(brand: Brand, *, owner: bool) -> bool:
    rule = brand.two_factor_for
    return rule == TwoFactorFor.EVERYBODY or (rule == TwoFactorFor.OWNERS and owner)
