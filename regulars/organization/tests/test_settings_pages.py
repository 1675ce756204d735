"""The settings, through the browser."""

import pytest
from django.test import Client
from django.urls import reverse

from regulars.organization.public import AuditEntry, Branch, Brand, Role, RoleName, User
from tests.cast import SignIn, make_branch, make_staff


def url(name: str, **held: object) -> str:
    return reverse(f"organization:{name}", kwargs={"brand": "teahouse", **held})


@pytest.fixture
def as_dan(sign_in: SignIn, dan: User) -> Client:
    return sign_in(dan)


BRAND = {
    "name": "Tea & Co",
    "timezone": "Asia/Shanghai",
    "currency": "CNY",
    "country": "CN",
    "language": "zh-hans",
    "two_factor_for": "nobody",
}


def test_the_index_shows_what_a_person_may_set(sign_in: SignIn, as_dan: Client, mia: User) -> None:
    dans = [row["page"].name for row in as_dan.get(url("settings")).context["pages"]]
    mias = [row["page"].name for row in sign_in(mia).get(url("settings")).context["pages"]]

    assert {"organization:people", "organization:audit"} <= set(dans)
    assert "organization:brand" in mias
    assert not {"organization:people", "organization:audit"} & set(mias)


def test_a_brand_is_changed_and_changed_back(as_dan: Client, teahouse: Brand) -> None:
    answer = as_dan.post(url("brand"), BRAND, follow=True)

    teahouse.refresh_from_db()
    assert (teahouse.name, teahouse.timezone) == ("Tea & Co", "Asia/Shanghai")
    message = next(iter(answer.context["messages"]))
    as_dan.post(message.extra_tags.removeprefix("undo:"))
    teahouse.refresh_from_db()
    assert (teahouse.name, teahouse.timezone) == ("Teahouse 茶舍", "Europe/London")


def test_what_was_typed_wrongly_stays_in_the_form(as_dan: Client, teahouse: Brand) -> None:
    answer = as_dan.post(url("brand"), {**BRAND, "currency": "euro", "name": "Tea & Co"})

    assert answer.status_code == 422
    assert answer.context["form"]["name"].value() == "Tea & Co"
    assert answer.context["form"]["currency"].value() == "euro"
    assert answer.context["brand"].name == "Teahouse 茶舍"
    teahouse.refresh_from_db()
    assert teahouse.currency == "GBP"


def test_a_marketer_does_not_decide_about_second_factors(
    sign_in: SignIn, mia: User, teahouse: Brand
) -> None:
    Brand.objects.update(two_factor_for="owners")
    sign_in(mia).post(url("brand"), {**BRAND, "two_factor_for": "nobody"})

    teahouse.refresh_from_db()
    assert (teahouse.name, teahouse.two_factor_for) == ("Tea & Co", "owners")


def test_an_owner_without_a_second_factor_cannot_demand_it(as_dan: Client, teahouse: Brand) -> None:
    answer = as_dan.post(url("brand"), {**BRAND, "two_factor_for": "everybody"})

    assert answer.status_code == 422
    assert "two_factor_for" in answer.context["form"].errors


def test_a_marketer_undoes_only_what_they_did(
    sign_in: SignIn, as_dan: Client, mia: User, teahouse: Brand
) -> None:
    as_dan.post(url("brand"), BRAND)
    entry = AuditEntry.objects.get(subject_kind="brand")
    sign_in(mia).post(url("undo", entry=entry.pk))

    teahouse.refresh_from_db()
    assert teahouse.name == "Tea & Co"


def test_what_was_changed_since_is_not_undone(as_dan: Client, teahouse: Brand) -> None:
    as_dan.post(url("brand"), BRAND)
    first = AuditEntry.objects.get(subject_kind="brand")
    as_dan.post(url("brand"), {**BRAND, "name": "Third name"})
    as_dan.post(url("undo", entry=first.pk))

    teahouse.refresh_from_db()
    assert teahouse.name == "Third name"


def test_an_undo_leads_back_to_where_it_was_asked(as_dan: Client, teahouse: Brand) -> None:
    as_dan.post(url("brand"), BRAND)
    undo = url("undo", entry=AuditEntry.objects.get(subject_kind="brand").pk)

    assert as_dan.post(undo, {"next": url("audit")})["Location"] == url("audit")
    assert as_dan.post(undo, {"next": "//evil.example/"})["Location"] == url("settings")
    here = {"referer": f"http://testserver{url('branches')}"}
    assert as_dan.post(undo, headers=here)["Location"].endswith(url("branches"))
    elsewhere = {"referer": "http://evil.example/"}
    assert as_dan.post(undo, headers=elsewhere)["Location"] == url("settings")


def test_only_owners_of_all_brands_open_a_brand(
    sign_in: SignIn, as_dan: Client, teahouse: Brand
) -> None:
    head = sign_in(make_staff(email="head@regulars.test"))
    kiosk = {**BRAND, "slug": "kiosk"}

    assert as_dan.post("/brands/new/", kiosk).status_code == 403
    assert not Brand.objects.filter(slug="kiosk").exists()
    assert head.post("/brands/new/", {**kiosk, "slug": "teahouse"}).status_code == 422
    answer = head.post("/brands/new/", kiosk)
    assert answer["Location"] == "/b/kiosk/settings/"


def test_a_branch_is_opened_changed_closed_and_reopened_by_undo(as_dan: Client) -> None:
    as_dan.post(url("branches"), {"name": "Soho", "code": "soho", "city": "London"})
    soho = Branch.objects.get(code="soho")
    as_dan.post(url("branch", branch=soho.pk), {"name": "Old Soho", "code": "soho"})
    as_dan.get(url("branches"))
    answer = as_dan.post(url("closing", branch=soho.pk), follow=True)
    soho.refresh_from_db()
    assert soho.name == "Old Soho"
    assert soho.closed_on is not None
    message = next(iter(answer.context["messages"]))
    as_dan.post(message.extra_tags.removeprefix("undo:"))
    soho.refresh_from_db()
    assert soho.closed_on is None


def test_a_code_is_used_once(as_dan: Client, soho: Branch, camden: Branch) -> None:
    new = as_dan.post(url("branches"), {"name": "Other", "code": "soho"})
    changed = as_dan.post(url("branch", branch=camden.pk), {"name": "Camden", "code": "soho"})

    assert (new.status_code, changed.status_code) == (422, 422)
    assert new.context["form"]["name"].value() == "Other"
    camden.refresh_from_db()
    assert camden.code == "camden"


def test_a_marketer_of_one_branch_sees_that_branch(
    sign_in: SignIn, teahouse: Brand, soho: Branch, camden: Branch
) -> None:
    kim = make_staff(email="kim@regulars.test", role=RoleName.MARKETER, brand=teahouse, branch=soho)
    client = sign_in(kim)

    assert list(client.get(url("branches")).context["branches"]) == [soho]
    assert client.get(url("branch", branch=camden.pk)).status_code == 404
    assert client.get(url("brand")).status_code == 403
    client.post(url("branches"), {"name": "New", "code": "new"})
    assert not Branch.objects.filter(code="new").exists()


def test_my_account_changes_name_and_language(as_dan: Client, dan: User) -> None:
    answer = as_dan.post("/accounts/me/", {"name": "大丹", "language": "zh-hans"})

    dan.refresh_from_db()
    assert (dan.name, dan.language) == ("大丹", "zh-hans")
    assert answer.cookies["django_language"].value == "zh-hans"
    assert as_dan.get("/accounts/me/")["Content-Language"] == "zh-hans"
    assert "大丹" not in str(AuditEntry.objects.latest("pk").detail)


def test_a_person_without_a_role_learns_what_to_do(sign_in: SignIn, dan: User) -> None:
    Role.objects.all().delete()

    assert sign_in(dan).get("/").status_code == 200


def test_a_branch_of_another_brand_is_not_changed(as_dan: Client, bakery: Brand) -> None:
    oven = make_branch(brand=bakery, code="oven")

    for name in ("branch", "closing", "opening"):
        answer = as_dan.post(url(name, branch=oven.pk), {"name": "Mine", "code": "mine"})
        assert answer.status_code == 404
    oven.refresh_from_db()
    assert (oven.code, oven.closed_on) == ("oven", None)
