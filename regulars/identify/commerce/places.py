"""Keep brands apart: what an order names must belong to the order's brand."""

from regulars.identify.customers.public import Customer
from regulars.organization.public import Branch, Brand


class NotOfThisBrand(Exception):
    """A customer or branch of another brand was named."""


def check_places(*, brand: Brand, customer_id: int | None, branch_id: int | None) -> None:
    """Raise NotOfThisBrand unless customer and branch, where given, are the brand's."""
    if customer_id and not Customer.objects.filter(id=customer_id, brand=brand).exists():
        raise NotOfThisBrand(f"customer {customer_id}")
    if branch_id and not Branch.objects.filter(id=branch_id, brand=brand).exists():
        raise NotOfThisBrand(f"branch {branch_id}")
