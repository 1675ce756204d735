"""Who may not see personal data does not learn it by way of Explore."""

import pytest
from django.urls import reverse

from regulars.differentiate.explore.models import SavedQuestion
from regulars.differentiate.explore.public import question_from, save_question
from regulars.differentiate.metrics.public import compute
from regulars.identify.customers.public import define_field
from regulars.lake.public import catch_up
from tests.people import NOW, make_customer, make_order

pytestmark = pytest.mark.django_db(transaction=True)
BY = {"measure": "orders", "by": "field.brew", "period": "all", "top": "10"}
ONLY = {"measure": "orders", "only": "field.brew:Yixing", "period": "all", "top": "10"}
REFUSED = "your role does not see “Brew”"


def at(page, **held):
    return reverse(f"explore:{page}", kwargs={"brand": "teahouse", **held})


@pytest.fixture
def shop(lake, teahouse, dan):
    for label, personal in (("Brew", True), ("Milk", False)):
        define_field(brand=teahouse, label=label, kind="text", personal=personal, by=dan, now=NOW)
    kept = {"brew": "Yixing", "milk": "oat"}
    make_order(brand=teahouse, customer=make_customer(brand=teahouse, name="Mo", fields=kept))
    catch_up()
    compute(brand=teahouse, as_of=NOW.date())
    return teahouse


@pytest.mark.parametrize("asked", [BY, ONLY], ids=["by", "only"])
def test_what_is_personal_is_refused_with_a_sentence(shop, sign_in, dan, ana, sam, asked):
    refused = sign_in(ana).get(at("explore"), asked)
    assert refused.status_code == 422
    assert REFUSED in refused.content.decode()
    assert "Yixing" not in refused.content.decode().replace("only=field.brew%3AYixing", "")
    for page in ("people", "orders"):
        assert sign_in(ana).get(at(page), asked).status_code == 404
    file = sign_in(ana).get(at("file"), {**asked, "format": "csv"})
    assert file.status_code == 302
    seen = sign_in(dan).get(at("explore"), asked)
    assert seen.status_code == 200
    assert "Yixing" in seen.content.decode()
    assert sign_in(sam).get(at("explore"), asked).status_code == 403


def test_what_is_personal_is_not_offered(shop, sign_in, dan, ana):
    for who, offered in ((dan, True), (ana, False)):
        visitor = sign_in(who)
        page = visitor.get(at("explore"), {"measure": "orders", "where": "field.brew"})
        assert page.status_code == 200
        assert ('value="field.brew"' in page.content.decode()) == offered
        assert 'value="field.milk"' in page.content.decode()
        values = visitor.get(at("values"), {"where": "field.brew", "measure": "orders"})
        assert ("Yixing" in values.content.decode()) == offered
        assert ("Yixing" in page.content.decode()) == offered


def test_a_saved_question_is_refused_too(shop, sign_in, dan, ana):
    question = question_from({"measures": ["orders"], "by": ["field.brew"]}, brand=shop)
    saved = save_question(brand=shop, name="How", question=question, shared=True, by=dan, now=NOW)
    opened = sign_in(ana).get(at("question", question=saved.pk), follow=True)
    assert opened.redirect_chain[-1][0] == at("questions")
    assert REFUSED in opened.content.decode()
    assert "field.brew" in sign_in(dan).get(at("question", question=saved.pk))["Location"]
    sign_in(ana).post(at("questions") + "?measure=orders&by=field.brew", {"name": "Mine"})
    assert SavedQuestion.objects.get() == saved
