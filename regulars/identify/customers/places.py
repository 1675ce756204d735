"""Keep brands apart: a branch or customer named with a brand must be the brand's."""

from regulars.identify.customers.models import Customer
from regulars.organization.public import Branch, Brand


class NotOfThisBrand(Exception):
    """A customer or branch of another brand was named."""


def check_places(
    *, brand: Brand, customer_id: int | None = None, branch_id: int | None = None
) -> None:
    """Raise NotOfThisBrand unless customer and branch, where given, are the brand's."""
    if customer_id and not Customer.objects.filter(id=customer_id, brand=brand).exists():
        raise NotOfThisBrand(f"customer {customer_id}")
    if branch_id and not Branch.objects.filter(id=branch_id, brand=brand).exists():
        raise NotOfThisBrand(f"branch {branch_id}")
