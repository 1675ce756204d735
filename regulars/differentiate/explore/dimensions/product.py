"""What was sold."""

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.differentiate.explore.dimension import Dimension
from regulars.differentiate.explore.grains import About
from regulars.differentiate.explore.scope import Scope
from regulars.identify.commerce.public import Product
from regulars.organization.public import Brand

if TYPE_CHECKING:
    import ibis

PRODUCT = gettext_lazy("Product")
NO_GOODS = "\N{HORIZONTAL ELLIPSIS}no goods"


def _of_goods(
    read: Callable[["ibis.Table"], "ibis.Value"],
) -> Callable[["ibis.Table", Scope], "ibis.Value"]:
    """Put everything that is no goods, such as postage, into one value."""
    return lambda products, scope: products.goods.ifelse(read(products), NO_GOODS)  # noqa: ARG005


def _level(number: int) -> Callable[["ibis.Table"], "ibis.Value"]:
    """Read the first levels of a path such as ``Tea / Green / Sencha``, down to a number."""

    def read(products: "ibis.Table") -> "ibis.Value":
        steps = products.category.split("/").map(lambda step: step.strip())
        path = steps[:number].join(" / ")
        return (steps.length() >= number).ifelse(path.nullif(""), None)

    return read


def _names(brand: Brand, values: Collection[str]) -> Mapping[str, str]:
    numbers = [int(value) for value in values if value.isdecimal()]
    products = Product.objects.filter(brand=brand, pk__in=numbers)
    return {NO_GOODS: _("no goods"), **{str(one.pk): one.name or one.sku for one in products}}


def _others(_brand: Brand, values: Collection[str]) -> Mapping[str, str]:
    return {NO_GOODS: _("no goods")} if NO_GOODS in values else {}


product = Dimension(
    key="product",
    label=gettext_lazy("Product"),
    sentence=gettext_lazy("The product of the line. What is no goods, such as postage, is one."),
    about=About.PRODUCT,
    column=_of_goods(lambda products: products.product_id.cast("string")),
    group=PRODUCT,
    words=_names,
)
maker = Dimension(
    key="maker",
    label=gettext_lazy("Product brand"),
    sentence=gettext_lazy("The brand of the product of the line."),
    about=About.PRODUCT,
    column=_of_goods(lambda products: products.maker.nullif("")),
    group=PRODUCT,
    words=_others,
)
category = Dimension(
    key="category",
    label=gettext_lazy("Category"),
    sentence=gettext_lazy("The first level of the product's category."),
    about=About.PRODUCT,
    column=_of_goods(_level(1)),
    group=PRODUCT,
    words=_others,
)
subcategory = Dimension(
    key="category_2",
    label=gettext_lazy("Category, two levels"),
    sentence=gettext_lazy("The first two levels of the product's category, where it has two."),
    about=About.PRODUCT,
    column=_of_goods(_level(2)),
    group=PRODUCT,
    words=_others,
)
category_path = Dimension(
    key="category_path",
    label=gettext_lazy("Category, all levels"),
    sentence=gettext_lazy("The whole path of the product's category."),
    about=About.PRODUCT,
    column=_of_goods(lambda products: products.category.nullif("")),
    group=PRODUCT,
    words=_others,
)
