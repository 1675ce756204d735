"""Who is slipping away, and why, as a segment."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from regulars.differentiate.metrics.public import compute, look_from
from regulars.differentiate.segments.public import count, members
from regulars.differentiate.value.public import value_customers
from regulars.identify.commerce.public import GivenBack, Return, record_refund
from regulars.lake.public import catch_up
from tests.people import NOW, make_order

pytestmark = pytest.mark.django_db(transaction=True)


def worth(about, verb, value):
    asked = {"condition": "worth", "about": about, "is": verb, "value": value}
    return {"version": 1, "match": asked}


def test_those_of_the_churn_list_are_a_segment(lake, teahouse, alice, bob, chloe, dan, sign_in):
    for customer, days in ((alice, 3), (bob, 400), (chloe, 390), (chloe, 380)):
        last = make_order(brand=teahouse, customer=customer, at=NOW - timedelta(days=days))
    back = GivenBack(sku="sencha", quantity=Decimal(1))
    whole = Return(source="till", number="R-1", order_id=last.pk, lines=[back],
                   occurred_at=NOW - timedelta(days=379))  # fmt: skip
    record_refund(brand=teahouse, refund=whole, by=None, now=NOW)
    catch_up()
    value_customers(run=compute(brand=teahouse, as_of=NOW.date()))
    lost = worth("churn_state", "one_of", ["lost"])
    assert set(members(tree=lost, brand=teahouse, now=NOW)) == {bob.pk, chloe.pk}
    refunded = worth("refund_minor", "at_least", 1)
    assert set(members(tree=refunded, brand=teahouse, now=NOW)) == {chloe.pk}
    assert count(tree=worth("refund_minor", "equals", 0), brand=teahouse, now=NOW).people == 2
    look_from(brand=teahouse, day=NOW.date(), by=None, now=NOW)
    visitor = sign_in(dan)
    page = visitor.get(reverse("value:churn", args=["teahouse"]), {"state": "lost"})
    place = reverse("segments:win_back", args=["teahouse"])
    assert f"{place}?state=lost" in page.content.decode()
    built = visitor.get(place, {"state": "lost"}, follow=True).content.decode()
    assert "risk of losing them" in built
    at_risk = visitor.get(place, {"state": "at-risk"}).headers["Location"]
    assert visitor.get(place, {"state": "x"}).headers["Location"] == at_risk
