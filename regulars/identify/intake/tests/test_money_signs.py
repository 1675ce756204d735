"""Other people's money: what stands beside an amount is believed, never overlooked."""

import pytest

from regulars.identify.commerce.public import Line, Product
from regulars.identify.intake.models import ImportKind
from regulars.identify.intake.rejects import reject_lines
from regulars.identify.intake.staging.money_signs import money_beside

pytestmark = pytest.mark.django_db
HEADER = "order,date,sku,price\n"


@pytest.mark.parametrize(
    ("price", "told"),
    [
        ("€12.00", "€ (EUR)"),
        ("12.00 EUR", "EUR"),
        ("$12", "$"),
        ("US$ 12", "US$ (USD)"),
        ("kr. 12", "kr"),
        ("￥12", "¥"),
        ("１２元", "元"),
    ],
)
def test_the_sign_of_other_money_is_refused_by_both_names(bring_in, price, told):
    imported = bring_in(f"{HEADER}1,2026-03-01,A,{price}\n2,2026-03-01,A,£5\n")

    assert imported.counts["refused_reasons"] == {"other_currency": 1}
    assert f"The amount is in {told}, the brand counts in GBP." in "".join(reject_lines(imported))
    assert Line.objects.get().amount_minor == 500


@pytest.mark.parametrize(
    ("currency", "price"),
    [("AUD", "$12"), ("CAD", "12 $"), ("CNY", "￥12"), ("JPY", "¥12"), ("SEK", "12 kr"),
     ("NOK", "kr. 12"), ("GBP", "£12"), ("GBP", "12 GBP"), ("USD", "US$12"), ("EUR", "12 TTC")],
)  # fmt: skip
def test_a_sign_that_several_currencies_share_is_any_of_theirs(bring_in, teahouse, currency, price):
    teahouse.currency = currency
    teahouse.save()

    assert bring_in(f"{HEADER}1,2026-03-01,A,{price}\n").counts["refused_reasons"] == {}
    assert Line.objects.exists()


def test_a_product_that_costs_other_money_is_refused(bring_in):
    text = "sku,name,price,cost\nA,Tea,£5,€2\nB,Tea,5 GBP,2\n"

    counts = bring_in(text, kind=ImportKind.PRODUCTS).counts

    assert counts["refused_reasons"] == {"other_currency": 1}
    assert Product.objects.get().sku == "B"


@pytest.mark.parametrize(
    ("texts", "currency"),
    [(["€12", "3"], "EUR"), (["$12"], ""), (["$12 CAD"], "CAD"), (["€1", "£1"], ""), (["x"], "")],
)
def test_money_is_known_by_its_sign_where_that_is_certain(texts, currency):
    assert money_beside(texts) == currency
