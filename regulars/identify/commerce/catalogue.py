"""Read the brand's products, a page at a time."""

from dataclasses import dataclass

from django.db.models import Q

from regulars.identify.commerce.models import Product
from regulars.organization.public import Brand


class ProductNotFound(Exception):
    """The brand has no such product."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPage:
    """Some products in order of SKU; ``after`` leads to the next ones, empty on the last page."""

    products: tuple[Product, ...]
    after: str


def product_page(
    *, brand: Brand, text: str = "", goods: bool | None = None, after: str = "", limit: int = 50
) -> ProductPage:
    """Return the products whose SKU, name, maker or category holds the text, after a SKU."""
    products = Product.objects.filter(brand=brand)
    if after:
        products = products.filter(sku__gt=after)
    if goods is not None:
        products = products.filter(goods=goods)
    for word in text.split():
        products = products.filter(
            Q(sku__icontains=word)
            | Q(name__icontains=word)
            | Q(maker__icontains=word)
            | Q(category__icontains=word)
        )
    rows = list(products.order_by("sku")[: limit + 1])
    shown = rows[:limit]
    return ProductPage(products=tuple(shown), after=shown[-1].sku if len(rows) > limit else "")


def product_of(*, brand: Brand, product_id: int) -> Product:
    """Return a product of the brand. Raises ProductNotFound."""
    product = Product.objects.filter(brand=brand, pk=product_id).first()
    if product is None:
        raise ProductNotFound(product_id)
    return product
