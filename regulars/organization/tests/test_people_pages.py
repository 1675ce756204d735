"""The staff pages, through the browser."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from regulars.organization.public import Branch, Brand, Role, RoleName, User
from tests.cast import PASSWORD, SignIn, make_branch, make_staff


def url(name: str, **held: object) -> str:
    return reverse(f"organization:{name}", kwargs={"brand": "teahouse", **held})


@pytest.fixture
def as_dan(sign_in: SignIn, dan: User) -> Client:
    dan.set_password(PASSWORD)
    dan.save()
    return sign_in(dan)


ZOE = {"email": "zoe@regulars.test", "name": "Zoe", "role": "marketer", "place": "brand"}


def test_an_invited_person_has_a_link_shown_once(as_dan: Client) -> None:
    page = as_dan.post(url("people"), ZOE, follow=True)

    zoe = User.objects.get(email="zoe@regulars.test")
    link = page.context["link"]
    assert page.status_code == 200
    assert as_dan.get(url("person", person=zoe.pk)).context["link"] is None
    Client().post(link, {"name": "Zoe", "password": PASSWORD})
    zoe.refresh_from_db()
    assert zoe.check_password(PASSWORD)


def test_an_invitation_goes_by_letter_in_the_brands_language(
    as_dan: Client, settings: Settings
) -> None:
    as_dan.post(url("people"), {**ZOE, "by_email": "on"})

    letter = mail.outbox[0]
    assert letter.to == ["zoe@regulars.test"]
    assert "http://testserver/accounts/invitation/" in letter.body
    assert "Teahouse 茶舍" in letter.subject


def test_a_letter_that_cannot_be_sent_costs_nothing(as_dan: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    page = as_dan.post(url("people"), {**ZOE, "by_email": "on"}, follow=True)

    assert page.context["link"]
    assert "could not be sent" in page.content.decode()


def test_who_is_known_gets_a_role_and_no_link(as_dan: Client, rosa: User) -> None:
    page = as_dan.post(url("people"), {**ZOE, "email": rosa.email}, follow=True)

    assert page.context["link"] is None
    rosa.refresh_from_db()
    assert rosa.name == "Rosa Blum"
    assert rosa.roles.count() == 2


def test_a_branch_manager_has_a_branch(as_dan: Client, soho: Branch) -> None:
    answer = as_dan.post(url("people"), {**ZOE, "role": "branch_manager"})
    assert answer.status_code == 422
    assert answer.context["form"]["email"].value() == "zoe@regulars.test"
    assert not User.objects.filter(email="zoe@regulars.test").exists()

    as_dan.post(url("people"), {**ZOE, "role": "branch_manager", "place": f"branch-{soho.pk}"})
    assert Role.objects.get(name=RoleName.BRANCH_MANAGER).branch == soho


@pytest.mark.parametrize("place", ["all", "branch-{oven}", "branch-0", "elsewhere"])
def test_no_form_gives_a_role_beyond_the_brand(
    as_dan: Client, bakery: Brand, mia: User, place: str
) -> None:
    oven = make_branch(brand=bakery, code="oven")
    forged = place.format(oven=oven.pk)

    assert as_dan.post(url("people"), {**ZOE, "place": forged}).status_code == 422
    again = {"role": "owner", "place": forged}
    assert as_dan.post(url("person", person=mia.pk), again).status_code == 422
    assert set(Role.objects.values_list("brand__slug", flat=True)) == {"teahouse"}


def test_an_owner_of_one_branch_gives_nothing_beyond_it(
    sign_in: SignIn, teahouse: Brand, soho: Branch, camden: Branch, mia: User
) -> None:
    kim = sign_in(make_staff(email="kim@regulars.test", brand=teahouse, branch=soho))

    for place in ("brand", f"branch-{camden.pk}"):
        answer = kim.post(url("person", person=mia.pk), {"role": "owner", "place": place})
        assert answer.status_code == 422
    kim.post(url("person", person=mia.pk), {"role": "service", "place": f"branch-{soho.pk}"})
    assert {str(role.name) for role in mia.roles.all()} == {"marketer", "service"}
    kim.post(url("removal", role=mia.roles.get(name="marketer").pk))
    assert mia.roles.filter(name="marketer").exists()


def test_people_of_other_brands_are_not_found(as_dan: Client, rosa: User) -> None:
    for name in ("person", "dismissal", "comeback", "invitation_renewal"):
        assert as_dan.post(url(name, person=rosa.pk)).status_code == 404, name
    assert as_dan.post(url("removal", role=rosa.roles.get().pk)).status_code == 404
    rosa.refresh_from_db()
    assert rosa.is_active


def test_roles_elsewhere_of_a_shared_person_are_neither_shown_nor_taken(
    as_dan: Client, mia: User, bakery: Brand
) -> None:
    other = Role.objects.create(user=mia, name=RoleName.SERVICE, brand=bakery)
    page = as_dan.get(url("person", person=mia.pk))

    assert [row["role"].name for row in page.context["roles"]] == ["marketer"]
    assert "Bakery" not in page.content.decode()
    assert as_dan.post(url("removal", role=other.pk)).status_code == 404
    as_dan.post(url("dismissal", person=mia.pk))
    mia.refresh_from_db()
    assert mia.is_active


def test_a_role_is_taken_and_given_back_by_undo(as_dan: Client, mia: User) -> None:
    Role.objects.create(user=mia, name=RoleName.ANALYST, brand=mia.roles.get().brand)
    page = as_dan.post(url("removal", role=mia.roles.get(name="analyst").pk), follow=True)
    assert mia.roles.count() == 1
    message = next(iter(page.context["messages"]))
    as_dan.post(message.extra_tags.removeprefix("undo:"))
    assert mia.roles.filter(name="analyst").exists()


def test_the_last_owner_stays_and_is_told(as_dan: Client, dan: User) -> None:
    for page in (
        as_dan.post(url("removal", role=dan.roles.get().pk), follow=True),
        as_dan.post(url("dismissal", person=dan.pk), follow=True),
    ):
        assert "needs an owner" in page.content.decode()
    dan.refresh_from_db()
    assert dan.is_active
    assert dan.roles.exists()


def test_a_person_is_dismissed_and_taken_back(as_dan: Client, mia: User) -> None:
    as_dan.post(url("dismissal", person=mia.pk))
    mia.refresh_from_db()
    assert not mia.is_active
    as_dan.post(url("comeback", person=mia.pk))
    mia.refresh_from_db()
    assert mia.is_active


def test_who_has_a_password_gets_no_new_link(as_dan: Client, dan: User) -> None:
    page = as_dan.post(url("invitation_renewal", person=dan.pk), follow=True)
    assert page.context["link"] is None


def test_the_list_takes_as_many_queries_for_many(
    as_dan: Client, teahouse: Brand, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with CaptureQueriesContext(connection) as for_one:
        as_dan.get(url("people"))
    for number in range(30):
        make_staff(email=f"s{number}@regulars.test", brand=teahouse, role=RoleName.SERVICE)
    with django_assert_num_queries(len(for_one)):
        as_dan.get(url("people"))
    assert len(for_one) <= 12
