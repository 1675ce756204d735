import pytest

from regulars.identify.commerce.models import GoodsRule, Product
from regulars.identify.commerce.public import (
    NotAPattern,
    ProductExists,
    ProductFacts,
    add_goods_rule,
    adopt_common_rules,
    change_product,
    is_goods,
    preview_goods_rule,
    register_product,
    remove_goods_rule,
)
from regulars.organization.public import AuditEntry, Brand, User
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def products(teahouse: Brand) -> dict[str, Product]:
    names = {
        "POST": "POSTAGE",
        "DOT": "DOTCOM POSTAGE",
        "M": "Manual",
        "C2": "CARRIAGE",
        "BANK CHARGES": "Bank Charges",
        "AMAZONFEE": "AMAZON FEE",
        "gift_0001_20": "Dotcomgiftshop Gift Voucher £20.00",
        "YF": "同城运费",
        "85123A": "Postcard set (A.B)",
        "AXB": "Cup A",
    }
    rows = [Product(brand=teahouse, sku=k, name=name, revision=1) for k, name in names.items()]
    Product.objects.bulk_create(rows)
    return {product.sku: product for product in Product.objects.all()}


def not_goods() -> set[str]:
    return set(Product.objects.filter(goods=False).values_list("sku", flat=True))


def test_common_rules_know_postage_and_fees(teahouse: Brand, products: dict[str, Product]) -> None:
    adopt_common_rules(brand=teahouse)
    assert not_goods() == set(products) - {"85123A", "AXB"}
    changed = Product.objects.get(sku="POST").revision
    assert changed > 1
    assert Product.objects.get(sku="AXB").revision == 1


def test_a_rule_marks_and_its_removal_clears(
    teahouse: Brand, bakery: Brand, products: dict[str, Product], dan: User
) -> None:
    theirs = Product.objects.create(brand=bakery, sku="POST", revision=1)
    rule = add_goods_rule(brand=teahouse, pattern=" Post ", by=dan, now=NOW)
    assert not_goods() == {"POST"}
    theirs.refresh_from_db()
    assert theirs.goods
    assert add_goods_rule(brand=teahouse, pattern="POST", by=dan, now=NOW) == rule
    remove_goods_rule(rule=rule, by=dan, now=NOW)
    assert not_goods() == set()
    assert list(AuditEntry.objects.values_list("action", "subject").order_by("pk")) == [
        ("create", "post"),
        ("remove", "post"),
    ]


@pytest.mark.parametrize(
    ("pattern", "hit"),
    [
        ("a?b", {"AXB"}),
        ("*(a.b)", {"85123A"}),
        ("post*", {"POST", "85123A"}),
        ("*运费", {"YF"}),
        ("m", {"M"}),
        ("[a-z]*", set()),
    ],
)
def test_a_preview_shows_what_a_pattern_hits_and_changes_nothing(
    teahouse: Brand, products: dict[str, Product], pattern: str, hit: set[str]
) -> None:
    hits = preview_goods_rule(brand=teahouse, pattern=pattern)
    assert {product.sku for product in hits.sample} == hit
    assert (hits.products, hits.goods) == (len(hit), len(hit))
    assert not_goods() == set()


@pytest.mark.parametrize("pattern", ["", "  ", "*", "**?", "x" * 121])
def test_a_pattern_that_hits_everything_or_nothing_is_refused(
    teahouse: Brand, pattern: str
) -> None:
    with pytest.raises(NotAPattern):
        add_goods_rule(brand=teahouse, pattern=pattern, by=None, now=NOW)
    assert not GoodsRule.objects.exists()


def test_new_and_renamed_products_are_judged_by_the_rules(teahouse: Brand, dan: User) -> None:
    adopt_common_rules(brand=teahouse)
    made = register_product(
        brand=teahouse, sku="X1", facts=ProductFacts(name="Shipping, express"), by=dan, now=NOW
    )
    assert not made.goods
    renamed = change_product(
        product=made, facts=ProductFacts(name="Ship in a jar"), by=dan, now=NOW
    )
    assert renamed.goods
    assert is_goods(brand=teahouse, sku="X2", name="Sencha")
    with pytest.raises(ProductExists):
        register_product(brand=teahouse, sku="X1", facts=ProductFacts(), by=dan, now=NOW)


def test_no_change_writes_nothing(teahouse: Brand, dan: User) -> None:
    facts = ProductFacts(name="Sencha", price_minor=1250)
    made = register_product(brand=teahouse, sku="X1", facts=facts, by=dan, now=NOW)
    assert change_product(product=made, facts=facts, by=dan, now=NOW).revision == made.revision
    assert AuditEntry.objects.count() == 1
