import pytest
from django.test import Client, RequestFactory

from regulars.organization.public import Brand, User
from regulars.staff.errors import broken
from tests.cast import SignIn
from tests.markup import flaws, read


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_missing_page_is_told_at_the_door(client: Client, db: None, language: str):
    client.cookies["django_language"] = language
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert flaws(answer.content.decode()) == []
    assert not read(answer.content.decode()).all("nav")


def test_a_missing_page_of_ones_brand_keeps_the_console_around_it(
    teahouse: Brand, dan: User, sign_in: SignIn
):
    answer = sign_in(dan).get("/b/teahouse/customers/cus_nobody/")
    assert answer.status_code == 404
    assert flaws(answer.content.decode()) == []
    assert read(answer.content.decode()).all("nav")


def test_what_a_role_does_not_allow_is_told_in_the_console(
    teahouse: Brand, sam: User, sign_in: SignIn
):
    answer = sign_in(sam).get("/b/teahouse/settings/staff/")
    assert answer.status_code == 403
    assert flaws(answer.content.decode()) == []
    assert "Your role does not allow this" in answer.content.decode()


def test_a_panel_that_fails_says_so_in_its_own_place(teahouse: Brand, dan: User, sign_in: SignIn):
    answer = sign_in(dan).get("/b/teahouse/customers/cus_x/story/", headers={"HX-Request": "true"})
    assert answer.status_code == 404
    html = answer.content.decode()
    assert "<html" not in html
    assert [one.attributes["role"] for one in read(html).all("div")] == ["alert"]


def test_a_form_without_our_token_is_refused_with_the_reason(db: None):
    answer = Client(enforce_csrf_checks=True).post("/i18n/", {"language": "en"})
    assert answer.status_code == 403
    assert "open for too long" in answer.content.decode()


def test_a_fault_is_told_without_the_database(rf: RequestFactory):
    answer = broken(rf.get("/"))
    assert answer.status_code == 500
    html = answer.content.decode()
    assert flaws(html) == []
    assert "我们这边出了错" in html
    fragment = broken(rf.get("/", headers={"HX-Request": "true"})).content.decode()
    assert "<html" not in fragment
    assert 'role="alert"' in fragment
