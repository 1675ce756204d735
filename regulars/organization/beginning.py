"""At which of their brands a person begins: where this browser was last, else where they matter."""

from regulars.organization.brands import brands_of
from regulars.organization.models import Brand, Role, User
from regulars.organization.permissions import ALLOWED


def first_brand(user: User, *, last_seen: str = "") -> Brand | None:
    """Return the brand to begin at, of those where the person has a role; None without any.

    It is the one last seen; else the one where they may do most, and of equals the oldest.
    """
    brands = brands_of(user)
    reach = dict.fromkeys((brand.pk for brand in brands), 0)
    for name, brand_id in Role.objects.filter(user=user).values_list("name", "brand_id"):
        for pk in reach if brand_id is None else [brand_id]:
            reach[pk] = max(reach[pk], len(ALLOWED[name]))
    order = sorted(brands, key=lambda brand: (brand.slug != last_seen, -reach[brand.pk], brand.pk))
    return order[0] if order else None
