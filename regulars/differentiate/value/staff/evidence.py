"""What facts say about why a customer may be leaving, in sentences: evidence, not certainty."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from regulars.identify.commerce.public import Product
from regulars.lib.money import format_money
from regulars.organization.public import Branch, Brand

Row = Mapping[str, Any]


class Evidence:
    """Says what is known of some rows, with the names they mention, in two queries."""

    def __init__(self, brand: Brand, rows: Iterable[Row]) -> None:
        wanted = {row[name] for row in rows for name in ("dearer_product_id", "gone_product_id")}
        self._brand = brand
        products = Product.objects.filter(brand=brand, pk__in=wanted - {None})
        self._products = {product.pk: str(product) for product in products}
        closed = Branch.objects.filter(brand=brand, closed_on__isnull=False)
        self._closed = {branch.pk: branch for branch in closed}

    def of(self, row: Row) -> list[str]:
        """Return the sentences about a row, the weightiest first; none when nothing is known."""
        return [*self._refund(row), *self._gone(row), *self._dearer(row), *self._branch(row)]

    def _refund(self, row: Row) -> Iterator[str]:
        if row["refund_minor"]:
            amount = format_money(row["refund_minor"], self._brand.currency, get_language() or "en")
            yield _("{amount} of the last purchase was refunded").format(amount=amount)

    def _gone(self, row: Row) -> Iterator[str]:
        product = self._products.get(row["gone_product_id"])
        if product:
            yield _("{product}, bought last, has not been sold since {day}").format(
                product=product, day=date_format(row["gone_on"])
            )

    def _dearer(self, row: Row) -> Iterator[str]:
        product = self._products.get(row["dearer_product_id"])
        if product:
            yield _("{product}, bought last, costs {share} more now").format(
                product=product, share=f"{100 * row['dearer_share']:.0f} %"
            )

    def _branch(self, row: Row) -> Iterator[str]:
        branch = self._closed.get(row["last_branch_id"])
        if branch and branch.closed_on:
            yield _("{branch}, where they bought last, closed on {day}").format(
                branch=branch, day=date_format(branch.closed_on)
            )
