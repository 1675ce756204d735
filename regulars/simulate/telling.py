"""Let the cast live their stories, through the doors that real people come in by."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from regulars.identify.commerce.public import (
    GivenBack,
    Order,
    Purchase,
    Return,
    Sold,
    record_order,
    record_refund,
)
from regulars.identify.customers.public import (
    Customer,
    Given,
    Member,
    Profile,
    add_member,
    fill_in,
    find_customer,
    register_customer,
)
from regulars.lib import money
from regulars.organization.public import Branch, Brand, User
from regulars.simulate.shop import Good, Shop
from regulars.simulate.stories import Bought, Story, when

TILL = "till"


def tell(story: Story, *, brand: Brand, shop: Shop, by: User, now: datetime) -> Customer:
    """Register the person of the story and record what they bought, counted back from ``now``.

    Whoever is known already is left as they are.
    """
    given = [Given(kind=kind, value=value) for kind, value in story.identifiers]
    known = find_customer(brand=brand, given=given)
    if known is not None:
        return known
    branches = dict(Branch.objects.filter(brand=brand).values_list("code", "pk"))
    with transaction.atomic():
        customer = _register(story, given, brand, shop, branches, by=by, now=now)
        for one in story.bought:
            order = _buy(one, customer, shop, branches, now=now)
            if one.back:
                _give_back(one, order, shop, now=now)
    return customer


def _register(
    story: Story,
    given: list[Given],
    brand: Brand,
    shop: Shop,
    branches: Mapping[str, int],
    *,
    by: User,
    now: datetime,
) -> Customer:
    since = when(shop, story.known_for, now=now)
    names = Profile.__slots__
    told = {name: getattr(story, name) for name in names if name != "branch_id"}
    customer = register_customer(
        brand=brand,
        profile=Profile(**told, branch_id=branches[story.branch]),
        given=given,
        by=by,
        now=since,
        source=story.source,
    )
    for kin in story.household:
        member = Member(**{name: getattr(kin, name) for name in Member.__slots__})
        add_member(customer=customer, member=member, by=by, now=now)
    if story.fields:
        fill_in(customer=customer, texts=dict(story.fields), by=by, now=now)
    return customer


def _buy(
    one: Bought, customer: Customer, shop: Shop, branches: Mapping[str, int], *, now: datetime
) -> Order:
    at = when(shop, one.days_ago, now=now)
    rate = {promotion.code: promotion.rate for promotion in shop.promotions}.get(one.coupon, 0.0)
    online = {place.code: place.online for place in shop.places}[one.branch]
    purchase = Purchase(
        source=TILL,
        number=f"{shop.slug[:1].upper()}-{customer.pk:05d}-{one.days_ago}",
        occurred_at=at,
        lines=[_sold(shop, sku, quantity, Decimal(str(rate))) for sku, quantity in one.lines],
        customer_id=customer.pk,
        branch_id=branches[one.branch],
        channel="web" if online else "store",
        coupon=one.coupon,
    )
    return record_order(brand=customer.brand, purchase=purchase, by=None, now=now, backfill=True)


def _sold(shop: Shop, sku: str, quantity: Decimal, rate: Decimal) -> Sold:
    good = _good(shop, sku)
    full = round(Decimal(str(good.price)).scaleb(money.exponent(shop.currency)) * quantity)
    discount = round(full * rate)
    return Sold(
        sku=sku,
        name=good.name,
        quantity=quantity,
        amount_minor=full - discount,
        discount_minor=discount,
    )


def _give_back(one: Bought, order: Order, shop: Shop, *, now: datetime) -> None:
    told = Return(
        source=TILL,
        number=f"{order.number}-R",
        occurred_at=when(shop, one.days_ago, now=now) + timedelta(days=one.back_after),
        order_id=order.pk,
        lines=[GivenBack(sku=sku, quantity=quantity) for sku, quantity in one.back],
    )
    record_refund(brand=order.brand, refund=told, by=None, now=now, backfill=True)


def _good(shop: Shop, sku: str) -> Good:
    return next(good for good in shop.goods if good.sku == sku)
