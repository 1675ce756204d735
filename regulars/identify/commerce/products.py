"""Register products and change what is known about them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from regulars.identify.commerce.goods import is_goods
from regulars.identify.commerce.models import Product
from regulars.lake.public import next_revision
from regulars.organization.public import AuditAction, Brand, User, audit


class ProductExists(Exception):
    """The brand has a product of this SKU already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFacts:
    """What staff say about a product. ``category`` is a path, as in ``Tea / Green / Sencha``."""

    name: str = ""
    maker: str = ""
    category: str = ""
    kind: str = ""
    price_minor: int | None = None
    cost_minor: int | None = None


def facts_of(product: Product) -> ProductFacts:
    """Return what is known about a product, to be changed with ``dataclasses.replace``."""
    return ProductFacts(**{name: getattr(product, name) for name in ProductFacts.__slots__})


def register_product(
    *, brand: Brand, sku: str, facts: ProductFacts, by: User | None, now: datetime
) -> Product:
    """Make a product; the brand's rules say whether it is goods. Raises ProductExists."""
    with transaction.atomic():
        product, made = Product.objects.get_or_create(
            brand=brand,
            sku=sku,
            defaults={
                **asdict(facts),
                "goods": is_goods(brand=brand, sku=sku, name=facts.name),
                "revision": next_revision(),
            },
        )
        if not made:
            raise ProductExists(sku)
        audit(by, AuditAction.CREATE, now=now, brand=brand, subject_kind="product", subject=sku)
    return product


def change_product(
    *, product: Product, facts: ProductFacts, by: User | None, now: datetime
) -> Product:
    """Change what is known about a product; a new name is judged by the rules again."""
    with transaction.atomic():
        current = Product.objects.select_for_update().select_related("brand").get(pk=product.pk)
        before = facts_of(current)
        changed = [name for name, value in asdict(facts).items() if value != getattr(before, name)]
        if not changed:
            return current
        for name in changed:
            setattr(current, name, getattr(facts, name))
        current.goods = is_goods(brand=current.brand, sku=current.sku, name=current.name)
        current.revision = next_revision()
        current.save()
        audit(by, AuditAction.CHANGE, now=now, brand=current.brand, subject_kind="product",
              subject=current.sku, detail={"fields": changed})  # fmt: skip
    return current


def products_by_sku(*, brand: Brand, names: Mapping[str, str], revision: int) -> dict[str, Product]:
    """Return the products of some SKUs, making those not known yet under the names given."""
    known = {p.sku: p for p in Product.objects.filter(brand=brand, sku__in=list(names))}
    new = [
        Product(
            brand=brand,
            sku=sku,
            name=name,
            goods=is_goods(brand=brand, sku=sku, name=name),
            revision=revision,
        )
        for sku, name in names.items()
        if sku not in known
    ]
    if not new:
        return known
    Product.objects.bulk_create(new, ignore_conflicts=True)
    return {p.sku: p for p in Product.objects.filter(brand=brand, sku__in=list(names))}
