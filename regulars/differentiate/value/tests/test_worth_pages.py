"""Worth, churn and costs, as staff see them."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import override

from regulars.differentiate.metrics.public import look_from
from regulars.differentiate.value.models import Cost, Valuation
from regulars.differentiate.value.public import STATES
from regulars.differentiate.value.tests.shop import valued
from regulars.organization.public import AuditAction, AuditEntry
from tests.cast import make_staff
from tests.people import NOW, make_customer, make_order

pytestmark = pytest.mark.django_db(transaction=True)


def at(page, brand="teahouse"):
    return reverse(f"value:{page}", args=[brand])


def said(answer: HttpResponse) -> str:
    assert answer.status_code == 200
    streamed = getattr(answer, "streaming_content", None)
    return b"".join(streamed).decode() if streamed else answer.content.decode()


@pytest.fixture
def looked_from(plain):
    """The plain shop, valued, looked at from the day its history ends."""
    look_from(brand=plain, day=NOW.date(), by=None, now=NOW)
    valued(plain)
    return plain


def test_a_valued_shop_is_shown_in_words_and_figures(looked_from, sign_in):
    visitor = sign_in(make_staff(email="owner@regulars.test", brand=looked_from))
    text = said(visitor.get(at("worth", "plain")))
    for one in ("Half of the customers come back within", "Expected in the next 12 months",
                "discounted by 10 % a year", "repeat visits were foretold", "Pareto/NBD", "chosen",
                "unknown", "Spearman"):  # fmt: skip
        assert one in text, one
    for asked in ({}, {"show": "net_minor", "by": "months"}):
        text = said(visitor.get(at("forecast", "plain"), asked))
        assert "orders worth" in text
        assert "forecasts made earlier were together" in text
        assert "once in ten below, once in ten above" in text
        assert "nine times" not in text
    assert len(said(visitor.get(at("forecast_export", "plain"))).splitlines()) == 54
    seen = 0
    for state in STATES:
        answer = visitor.get(at("churn", "plain"), {"state": state})
        rows = said(answer).count("/b/plain/customers/cus_")
        lines = said(visitor.get(at("churn_export", "plain"), {"state": state})).splitlines()
        assert rows == min(len(lines) - 1, 50)
        seen += len(lines) - 1
    assert seen == Valuation.objects.get(brand=looked_from).report["customers"]
    assert AuditEntry.objects.filter(action=AuditAction.EXPORT).count() == len(STATES) + 1
    listing = reverse("staff:customers", args=["plain"])
    text = said(visitor.get(listing, {"show": ["chance", "expected", "act"]}))
    assert "Still there" in text
    assert " %" in text
    more = said(visitor.get(at("churn", "plain"), {"state": "safe", "after": "nonsense"}))
    assert "/b/plain/customers/cus_" in more
    costs = {"goods": "", "rewards": "2.5", "messages": "1.20", "service": "", "acquisition": "8",
             "horizon_months": "6", "yearly_discount_percent": "12",
             "act_below_percent": "40"}  # fmt: skip
    assert visitor.post(at("costs", "plain"), {**costs, "rewards": "-1"}).status_code == 422
    assert not Cost.objects.exists()
    assert visitor.post(at("costs", "plain"), costs).status_code == 302
    told = dict(Cost.objects.values_list("part", "amount"))
    assert told == {"rewards": 250, "messages": 120, "acquisition": 800}
    text = said(visitor.get(at("worth", "plain")))
    assert "Expected in the next 12 months" in text
    assert "being worked out anew" in text
    again = valued(looked_from)
    assert again.report["outlook"]["act_below"] == 0.4
    text = said(visitor.get(at("worth", "plain")))
    assert "Expected in the next 6 months" in text
    assert "being worked out anew" not in text


def test_a_shop_of_three_says_what_is_true(lake, teahouse, soho, alice, bob, dan, ben, sign_in):
    visitor = sign_in(dan)
    for page in ("worth", "churn"):
        assert "Nobody has been valued yet" in said(visitor.get(at(page)))
    third = make_customer(brand=teahouse)
    for customer, days in ((alice, 3), (bob, 400), (third, 5)):
        make_order(brand=teahouse, customer=customer, at=NOW - timedelta(days=days))
    look_from(brand=teahouse, day=NOW.date(), by=None, now=NOW)
    valued(teahouse)
    text = said(visitor.get(at("worth")))
    assert "fewer than twenty customers have come back" in text
    assert "£38" in text
    forecast = said(visitor.get(at("forecast")))
    assert "fewer than twenty customers have come back" in forecast
    assert "nobody has had time to leave" not in forecast
    assert "there are no chances here" in said(visitor.get(at("churn")))
    assert "Bob Larsen" in said(visitor.get(at("churn"), {"state": "lost"}))
    assert "Bob Larsen" not in said(sign_in(ben).get(at("churn"), {"state": "lost"}))
    panel = reverse("value:customer_worth", args=["teahouse", alice.public_id])
    assert "No model can be estimated yet" in said(visitor.get(panel))
    with override("zh-hans"):
        assert said(visitor.get(panel))


def test_nothing_but_refunds_is_nobody_to_value(lake, teahouse, alice, dan, sign_in):
    make_order(brand=teahouse, customer=alice, lines=[("sencha", 1, -500)])
    look_from(brand=teahouse, day=NOW.date(), by=None, now=NOW)
    valued(teahouse)
    visitor = sign_in(dan)
    assert "Nobody has visited yet" in said(visitor.get(at("worth")))
    assert "Nobody." in said(visitor.get(at("churn")))
