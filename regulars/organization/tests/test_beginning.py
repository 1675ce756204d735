"""At which brand a person begins after signing in."""

from django.test import Client

from regulars.organization.beginning import first_brand
from regulars.organization.public import Brand, Role, RoleName, User
from tests.cast import SignIn, make_staff


def begins_at(client: Client) -> str:
    return client.get("/").headers["Location"]


def test_an_owner_of_all_begins_at_the_oldest_brand(
    teahouse: Brand, bakery: Brand, sign_in: SignIn
) -> None:
    ida = make_staff(email="ida@regulars.test", brand=None)
    assert begins_at(sign_in(ida)) == "/b/teahouse/"


def test_one_begins_where_one_may_do_most(teahouse: Brand, bakery: Brand, sam: User) -> None:
    assert first_brand(sam) == teahouse
    Role.objects.create(user=sam, name=RoleName.MARKETER, brand=bakery)
    assert first_brand(sam) == bakery


def test_one_goes_on_where_this_browser_was_last(
    teahouse: Brand, bakery: Brand, dan: User, sign_in: SignIn
) -> None:
    Role.objects.create(user=dan, name=RoleName.ANALYST, brand=bakery)
    client = sign_in(dan)
    assert begins_at(client) == "/b/teahouse/"
    client.get("/b/bakery/imports/")  # what one may not do there is not remembered
    assert begins_at(client) == "/b/teahouse/"
    client.get("/b/bakery/board/")
    assert begins_at(client) == "/b/bakery/"
    client.force_login(dan)
    assert begins_at(client) == "/b/bakery/"
    assert "brand" not in client.get("/b/bakery/board/").cookies


def test_another_person_at_the_same_browser_is_not_led_astray(
    teahouse: Brand, bakery: Brand, rosa: User, dan: User, sign_in: SignIn
) -> None:
    client = sign_in(dan)
    client.get("/b/teahouse/board/")
    client.force_login(rosa)
    assert begins_at(client) == "/b/bakery/"
    assert first_brand(make_staff(email="new@regulars.test", role=None)) is None
