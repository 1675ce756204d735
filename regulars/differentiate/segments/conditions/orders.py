"""Conditions about what people bought: counted, summed, first and last, in any window."""

from collections.abc import Mapping, Sequence

import ibis
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from regulars.differentiate.segments.family import Comparison, Condition, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.groups import BOUGHT
from regulars.differentiate.segments.purchases import about_products, orders
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.differentiate.segments.wording import say_counted
from regulars.differentiate.segments.words import words_of
from regulars.organization.public import Branch, Brand

NUMBER, MONEY, TEXT, DAY = ValueKind.NUMBER, ValueKind.MONEY, ValueKind.TEXT, ValueKind.DAY
SUBJECTS = (
    Subject(key="orders", label=_("number of orders"), kind=NUMBER),
    Subject(key="days", label=_("number of days with orders"), kind=NUMBER),
    Subject(key="amount.sum", label=_("amount spent"), kind=MONEY),
    Subject(key="amount.average", label=_("average amount of an order"), kind=MONEY),
    Subject(key="amount.least", label=_("smallest amount of an order"), kind=MONEY),
    Subject(key="amount.most", label=_("largest amount of an order"), kind=MONEY),
    Subject(key="discount.sum", label=_("discounts on orders"), kind=MONEY),
    Subject(key="units", label=_("number of units bought"), kind=NUMBER),
    Subject(key="products", label=_("number of different products"), kind=NUMBER),
    Subject(key="categories", label=_("number of different categories"), kind=NUMBER),
    Subject(key="makers", label=_("number of different makers"), kind=NUMBER),
    Subject(key="branches", label=_("number of different branches"), kind=NUMBER),
    Subject(key="channels", label=_("number of different channels"), kind=NUMBER),
    Subject(key="first_on", label=_("first order"), kind=DAY),
    Subject(key="last_on", label=_("last order"), kind=DAY),
)
OF_LINES = {"units": "quantity", "products": "product_id", "categories": "category",
            "makers": "maker"}  # fmt: skip
OF_ORDERS = {"branches": "branch_id", "channels": "channel"}
AS_WELL_BY_LINE = {"amount.sum", "discount.sum", "days", "first_on", "last_on"}
EVER = {("at_least", 1), ("more_than", 0)}
NEVER = {("equals", 0), ("at_most", 0), ("less_than", 1)}
NOTHING = {"orders", "days", "amount.sum", "discount.sum", "units", "products", "categories",
           "makers", "branches", "channels"}  # fmt: skip


def subjects(_brand: Brand) -> Sequence[Subject]:
    return SUBJECTS


def filters(brand: Brand) -> Sequence[Subject]:
    branches: Mapping[str, str] = {
        str(pk): name for pk, name in Branch.objects.filter(brand=brand).values_list("pk", "name")
    }
    return (
        Subject(key="sku", label=_("product number"), kind=TEXT, words=words_of("products", "sku")),
        Subject(key="product", label=_("product"), kind=TEXT, words=words_of("products", "name")),
        Subject(key="maker", label=_("maker"), kind=TEXT, words=words_of("products", "maker")),
        Subject(
            key="category",
            label=_("category"),
            kind=ValueKind.PATH,
            words=words_of("products", "category"),
        ),
        Subject(key="branch", label=_("branch"), kind=ValueKind.CHOICE, options=branches),
        Subject(key="channel", label=_("channel"), kind=TEXT, words=words_of("orders", "channel")),
        Subject(key="coupon", label=_("coupon"), kind=TEXT, words=words_of("orders", "coupon")),
        Subject(key="order_amount", label=_("amount of the order"), kind=MONEY),
    )


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    key = condition.about.subject.key
    by = _by_line(condition)
    of_orders = (OF_ORDERS[key],) if key in OF_ORDERS else ()

    def summed() -> ibis.Table:
        bought = orders(
            ground, where=condition.where, window=condition.window, by=by, of_orders=of_orders
        )
        found = _of_lines(bought) if by else _of_orders(bought)
        if by and ground.alone:
            found["orders"] = bought.order_id.nunique()
        return bought.group_by("customer_id").agg(**found)

    told = f"{condition.counted} {by} {of_orders}"
    found = ground.beside(told, key.replace(".", "_"), summed)
    return found.fill_null(0) if key in NOTHING else found


def _by_line(condition: Condition) -> tuple[str, ...]:
    """Name what is wanted of lines; nothing where they have to be put together to orders.

    Whether anything at all was bought any line tells that was kept; sums are the same either way.
    Of single people the orders are counted, rather than their lines: it is said how many.
    """
    key = condition.about.subject.key
    if key in OF_LINES:
        return (OF_LINES[key],)
    by_line = key in AS_WELL_BY_LINE and about_products(condition.where)
    return ("product_id",) if by_line or whether_any(condition.about) else ()


def whether_any(about: Comparison) -> bool:
    """Whether it is only asked if there is any order at all, and not how many."""
    asked = (about.operator.key, *about.values)
    return about.subject.key == "orders" and asked in EVER | NEVER


def _of_orders(bought: ibis.Table) -> dict[str, ibis.Value]:
    found = {
        **_sums(bought),
        "amount_average": bought.amount.mean(),
        "amount_least": bought.amount.min(),
        "amount_most": bought.amount.max(),
    }
    for name, column in OF_ORDERS.items():
        if column in bought.columns:
            found[name] = bought[column].nunique()
    return found


def _sums(bought: ibis.Table) -> dict[str, ibis.Value]:
    return {
        "orders": bought.count(),
        "days": bought.day.nunique(),
        "amount_sum": bought.amount.sum(),
        "discount_sum": bought.discount.sum(),
        "first_on": bought.day.min(),
        "last_on": bought.day.max(),
    }


def phrase(condition: Condition, brand: Brand) -> str:
    """Say whether something was bought as one says it."""
    asked = (condition.about.operator.key, *condition.about.values)
    if condition.about.subject.key != "orders" or asked not in EVER | NEVER:
        return ""
    said = pgettext("orders", "bought") if asked in EVER else pgettext("orders", "did not buy")
    return say_counted(condition, said, brand)


def _of_lines(bought: ibis.Table) -> dict[str, ibis.Value]:
    found = {
        **_sums(bought),
        "units": bought.quantity.sum(),
        "products": bought.product_id.nunique(),
    }
    if "category" in bought.columns:
        found["categories"] = bought.category.nunique()
        found["makers"] = bought.maker.nunique()
    return found


declare(
    Family(
        key="orders",
        label=_("Orders"),
        subjects=subjects,
        measure=measure,
        filters=filters,
        windowed=True,
        phrase=phrase,
        group=BOUGHT,
        start={"about": "amount.sum", "is": "at_least", "window": {"last": 90, "unit": "days"}},
    )
)
