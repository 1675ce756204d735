"""The pages and panels about a person, as staff use them."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.urls import reverse

from regulars.identify.customers.models import (
    BlockedValue,
    Customer,
    Field,
    HouseholdMember,
    Identifier,
)
from regulars.identify.customers.public import Member, add_member, define_field, fill_in
from regulars.organization.public import AuditEntry, Brand, User
from tests.cast import SignIn
from tests.people import NOW, make_customer

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def at(name: str, *args: object) -> str:
    return reverse(f"customers:{name}", args=("teahouse", *args))


def undo_url(answer: HttpResponse) -> str:
    *_, message = get_messages(answer.wsgi_request)
    return message.extra_tags.removeprefix("undo:")


def values(customer: Customer) -> set[str]:
    return set(customer.identifiers.values_list("value", flat=True))


def test_a_person_is_registered_at_the_desk(teahouse: Brand, sam: User, sign_in: SignIn) -> None:
    given = {"name": "Nina Vogel", "phone": "+44 7700 900777", "interests": "tea，cats, tea"}
    answer = sign_in(sam).post(at("new_customer"), given)
    nina = Customer.objects.get()
    assert answer["Location"] == reverse("staff:customer", args=["teahouse", nina.public_id])
    assert (nina.name, nina.interests, nina.source) == ("Nina Vogel", ["tea", "cats"], "desk")
    assert values(nina) == {"+447700900777"}
    assert AuditEntry.objects.filter(action="create", user=sam, subject=nina.public_id).exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": " "}, "Give a name"),
        ({"name": "Nina", "phone": "07700 900777"}, "Begin the number with +"),
        ({"name": "Nina", "email": "nina"}, "This is not an e-mail address."),
        ({"name": "Nina", "email": "test@mail.test"}, "identifies nobody"),
        ({"name": "Nina", "member_number": "M-10427"}, "Alice Moreau</a>"),
        ({"name": "Nina", "born_on": "2999-01-01"}, "Nobody alive was born on that day."),
    ],
)
def test_what_cannot_be_is_said_beside_what_was_typed(
    alice: Customer, sam: User, sign_in: SignIn, given: dict[str, str], said: str
) -> None:
    answer = sign_in(sam).post(at("new_customer"), given)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    assert all(value.strip() in text for value in given.values())
    assert Customer.objects.count() == 1


def test_a_branch_manager_registers_at_their_branch(
    teahouse: Brand, ben: User, sign_in: SignIn
) -> None:
    browser = sign_in(ben)
    assert browser.post(at("new_customer"), {"name": "Nina"}).status_code == 422
    soho = teahouse.branches.get(code="soho")
    assert browser.post(at("new_customer"), {"name": "Nina", "branch": soho.pk}).status_code == 302
    assert Customer.objects.get().branch == soho


def test_a_profile_is_edited_in_place(alice: Customer, sam: User, sign_in: SignIn) -> None:
    browser = sign_in(sam)
    form = browser.get(at("profile", alice.public_id), headers=HTMX)
    assert b"<html" not in form.content
    given = {"name": "Alice M.", "city": "York", "branch": alice.branch_id}
    refused = browser.post(
        at("profile", alice.public_id), {**given, "born_on": "1800-01-01"}, headers=HTMX
    )
    assert refused.status_code == 422
    assert b"<html" not in refused.content
    done = browser.post(at("profile", alice.public_id), given, headers=HTMX)
    assert done["HX-Redirect"] == reverse("staff:customer", args=["teahouse", alice.public_id])
    alice.refresh_from_db()
    assert (alice.name, alice.city, alice.search_name) == ("Alice M.", "York", "alice m")


def test_without_scripts_the_same_forms_are_pages(
    alice: Customer, sam: User, sign_in: SignIn
) -> None:
    browser = sign_in(sam)
    for name in ("profile", "note", "field_values", "identifiers", "new_member", "about"):
        assert b"<html" in browser.get(at(name, alice.public_id)).content
    done = browser.post(at("note", alice.public_id), {"note": "Calls before she comes."})
    assert done["Location"] == reverse("staff:customer", args=["teahouse", alice.public_id])
    alice.refresh_from_db()
    assert alice.note == "Calls before she comes."


def test_a_removed_identifier_is_undone(alice: Customer, sam: User, sign_in: SignIn) -> None:
    browser, before = sign_in(sam), values(alice)
    row = alice.identifiers.get(kind="email")
    undo = undo_url(browser.post(at("identifier_removal", row.pk)))
    assert values(alice) == before - {"alice@mail.test"}
    assert browser.get(undo).status_code == 405
    browser.post(undo)
    assert values(alice) == before


def test_an_undo_is_for_its_customer_only(
    alice: Customer, bob: Customer, sam: User, sign_in: SignIn
) -> None:
    browser = sign_in(sam)
    row = alice.identifiers.get(kind="email")
    undo = undo_url(browser.post(at("identifier_removal", row.pk)))
    browser.post(undo.replace(alice.public_id, bob.public_id))
    assert values(bob) == {"bob@mail.test"}


def test_an_undo_too_late_changes_nothing(
    alice: Customer, bob: Customer, sam: User, sign_in: SignIn
) -> None:
    browser = sign_in(sam)
    row = alice.identifiers.get(kind="email")
    undo = undo_url(browser.post(at("identifier_removal", row.pk)))
    browser.post(at("identifiers", bob.public_id), {"kind": "email", "value": "alice@mail.test"})
    browser.post(undo)
    assert "alice@mail.test" in values(bob)
    assert "alice@mail.test" not in values(alice)


def test_a_household_grows_shrinks_and_comes_back(
    alice: Customer, sam: User, sign_in: SignIn
) -> None:
    browser = sign_in(sam)
    cat = {"kind": "pet", "name": "Mochi", "species": "cat", "born_on": "2023-12-03"}
    browser.post(at("new_member", alice.public_id), cat)
    row = HouseholdMember.objects.get()
    assert (row.name, row.species, row.born_on) == ("Mochi", "cat", date(2023, 12, 3))
    browser.post(at("member", row.pk), {**cat, "name": "Mochi II"})
    undo = undo_url(browser.post(at("member_removal", row.pk)))
    assert not HouseholdMember.objects.exists()
    browser.post(undo)
    browser.post(undo)
    assert [one.name for one in HouseholdMember.objects.all()] == ["Mochi II"]


def test_fields_are_filled_in_by_their_kind(
    teahouse: Brand, alice: Customer, sam: User, sign_in: SignIn
) -> None:
    for kind in ("number", "yes_no", "date"):
        define_field(brand=teahouse, label=kind, kind=kind, by=None, now=NOW)
    browser = sign_in(sam)
    given = {"number": "2.5", "yes_no": "no", "date": "2025-01-31"}
    wrong = browser.post(at("field_values", alice.public_id), {**given, "number": "many"})
    assert wrong.status_code == 422
    assert "This is not a number." in wrong.content.decode()
    browser.post(at("field_values", alice.public_id), given)
    alice.refresh_from_db()
    assert alice.fields == {"number": 2.5, "yes_no": False, "date": "2025-01-31"}
    about = browser.get(at("about", alice.public_id)).content.decode()
    assert "31 Jan 2025" in about


def test_an_analyst_sees_no_personal_data(
    teahouse: Brand, alice: Customer, ana: User, sign_in: SignIn
) -> None:
    cup = define_field(brand=teahouse, label="Cup", kind="text", by=None, now=NOW)
    fill_in(customer=alice, texts={cup.key: "the blue one"}, by=None, now=NOW)
    cat = Member(kind="pet", name="Mochi", species="cat", born_on=date(2023, 12, 3))
    add_member(customer=alice, member=cat, by=None, now=NOW)
    Customer.objects.filter(pk=alice.pk).update(
        note="Secret", address="1 Mill Road", born_on=date(1984, 5, 17)
    )
    text = sign_in(ana).get(at("about", alice.public_id)).content.decode()
    for personal in ("alice@mail.test", "900123", "M-10427", "Mochi", "blue", "Secret", "Mill",
                     "May", "December"):  # fmt: skip
        assert personal not in text, personal
    assert "cat" in text
    assert "Leeds" in text


def test_settings_define_rename_retire_and_purge_fields(
    teahouse: Brand, alice: Customer, dan: User, sign_in: SignIn
) -> None:
    browser = sign_in(dan)
    page = reverse("customers:fields", args=["teahouse"])
    tea = {"label": "Tea", "kind": "choice", "choices": "green\nblack", "personal": "on"}
    assert browser.post(page, {**tea, "choices": "green"}).status_code == 422
    browser.post(page, tea)
    assert browser.post(page, tea).status_code == 422
    field = Field.objects.get()
    assert (field.key, field.choices) == ("tea", ["green", "black"])
    browser.post(at("field", field.pk), {"label": "Favourite tea", "choices": "green\nwhite"})
    field.refresh_from_db()
    assert (field.label, field.choices, field.personal) == (
        "Favourite tea",
        ["green", "white"],
        False,
    )
    fill_in(customer=alice, texts={"tea": "white"}, by=None, now=NOW)
    undo = undo_url(browser.post(at("field_retirement", field.pk)))
    shown = browser.get(page).context
    assert (shown["fields"], list(shown["retired"])) == ([], [field])
    browser.post(undo)
    browser.post(at("field_retirement", field.pk))
    assert b"1 customer" in browser.get(at("field_purge", field.pk)).content
    browser.post(at("field_purge", field.pk))
    alice.refresh_from_db()
    assert alice.fields == {}
    assert not Field.objects.exists()


def test_a_field_in_use_is_not_purged(teahouse: Brand, dan: User, sign_in: SignIn) -> None:
    cup = define_field(brand=teahouse, label="Cup", kind="text", by=None, now=NOW)
    assert sign_in(dan).post(at("field_purge", cup.pk)).status_code == 404
    assert Field.objects.exists()


def test_a_value_is_blocked_and_allowed_again(
    teahouse: Brand, alice: Customer, dan: User, sign_in: SignIn
) -> None:
    browser = sign_in(dan)
    page = reverse("customers:blocked_values", args=["teahouse"])
    assert browser.post(page, {"kind": "phone", "value": "12"}).status_code == 422
    undo = undo_url(browser.post(page, {"kind": "phone", "value": "+44 7700 900123"}))
    assert "+447700900123" not in values(alice)
    browser.post(at("unblocking", BlockedValue.objects.get().pk))
    browser.post(undo)
    assert "+447700900123" in values(alice)


def test_the_panel_about_a_person_asks_the_same_for_few_and_many(
    teahouse: Brand, alice: Customer, sam: User, sign_in: SignIn, django_assert_num_queries: object
) -> None:
    browser = sign_in(sam)
    full = make_customer(brand=teahouse, name="Full", email="full@mail.test")
    for turn in range(4):
        Identifier.objects.create(
            brand=teahouse, customer=full, kind="email", value=f"f{turn}@mail.test",
            created_at=NOW, revision=1,
        )  # fmt: skip
        add_member(customer=full, member=Member(kind="pet"), by=None, now=NOW)
    browser.get(at("about", alice.public_id), headers=HTMX)
    for person in (alice, full):
        with django_assert_num_queries(8):  # type: ignore[operator]
            browser.get(at("about", person.public_id), headers=HTMX)
