import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.identify.customers.identifier_kinds import KINDS
from regulars.identify.customers.models import Customer, Identifier
from regulars.identify.customers.public import (
    Given,
    NobodyNamed,
    Profile,
    Reason,
    Recognition,
    add_identifier,
    find_customer,
    recognize,
)
from regulars.identify.timeline.public import Event
from regulars.organization.public import Brand
from tests.people import NOW, make_customer

pytestmark = pytest.mark.django_db


def named(**values: str) -> list[Given]:
    return [Given(kind=kind, value=value) for kind, value in values.items()]


def seen(brand: Brand, **values: str) -> Recognition:
    return recognize(brand=brand, given=named(**values), by=None, now=NOW, source="web")


def reasons(recognition: Recognition) -> dict[str, Reason]:
    return {one.given.kind: one.reason for one in recognition.left_out}


def test_a_stranger_is_made_and_recognized_the_next_time(teahouse: Brand) -> None:
    first = recognize(
        brand=teahouse,
        given=named(email="Nina@Mail.test", anonymous_id="a1"),
        profile=Profile(name="Nina"),
        by=None,
        now=NOW,
        source="web",
    )
    again = seen(teahouse, email="nina@mail.test")
    assert (first.made, again.made) == (True, False)
    assert again.customer == first.customer
    assert first.customer.search_name == "nina"
    event = Event.objects.get()
    assert (event.kind, event.source, event.customer_id) == ("Signed Up", "web", first.customer.pk)


@pytest.mark.parametrize("value", ["null", "0", "anonymous", "guest", "N/A", "00000000"])
def test_ids_of_nobody_never_glue_people_together(teahouse: Brand, value: str) -> None:
    one = seen(teahouse, user_id=value, email="one@mail.test")
    two = seen(teahouse, user_id=value, email="two@mail.test")
    assert one.customer != two.customer
    assert reasons(one) == reasons(two) == {"user_id": Reason.BLOCKED}
    with pytest.raises(NobodyNamed):
        seen(teahouse, user_id=value)
    assert not Identifier.objects.filter(kind="user_id").exists()


def test_two_user_ids_at_one_address_are_two_people(teahouse: Brand) -> None:
    one = seen(teahouse, user_id="u1", email="home@mail.test")
    two = seen(teahouse, user_id="u2", email="home@mail.test")
    assert one.customer != two.customer
    assert reasons(two) == {"email": Reason.TAKEN}
    assert seen(teahouse, email="home@mail.test").customer == one.customer
    assert seen(teahouse, email="home@mail.test", user_id="u2").customer == two.customer


def test_the_strongest_of_two_owners_is_meant_and_nobody_is_merged(
    teahouse: Brand, alice: Customer, bob: Customer
) -> None:
    found = seen(teahouse, member_number="M-10427", email="bob@mail.test")
    assert found.customer == alice
    assert reasons(found) == {"email": Reason.TAKEN}
    assert Customer.objects.filter(canonical=None).count() == 2


def test_a_contradicting_member_number_is_not_added(teahouse: Brand, alice: Customer) -> None:
    add_identifier(customer=alice, kind="user_id", value="u1", by=None, now=NOW)
    found = seen(teahouse, user_id="u1", member_number="M-777")
    assert found.customer == alice
    assert reasons(found) == {"member_number": Reason.CONTRADICTS}


def test_a_sixth_address_is_left_out(teahouse: Brand, alice: Customer) -> None:
    for turn in range(4):
        seen(teahouse, member_number="M-10427", email=f"a{turn}@mail.test")
    full = seen(teahouse, member_number="M-10427", email="another@mail.test")
    assert reasons(full) == {"email": Reason.LIMIT}
    assert alice.identifiers.filter(kind="email").count() == 5


def test_what_is_no_address_is_left_out_and_said(teahouse: Brand) -> None:
    found = seen(teahouse, email="not an address", phone="+447700900999")
    assert reasons(found) == {"email": Reason.INVALID}


def test_an_alias_leads_to_who_they_are_now(teahouse: Brand, alice: Customer) -> None:
    alias = make_customer(brand=teahouse, email="old@mail.test")
    Customer.objects.filter(pk=alias.pk).update(canonical=alice)
    assert find_customer(brand=teahouse, given=named(email="old@mail.test")) == alice


def test_brands_do_not_know_each_others_people(teahouse: Brand, eve: Customer) -> None:
    assert find_customer(brand=teahouse, given=named(email="eve@mail.test")) is None
    assert seen(teahouse, email="eve@mail.test").customer != eve


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(sorted(KINDS)), st.sampled_from("pqr"), min_size=1),
        max_size=6,
    )
)
def test_no_two_strong_ids_of_a_kind_ever_meet_in_one_person(
    touches: list[dict[str, str]],
) -> None:
    from django.db import transaction

    values = {"email": "{}x@mail.test", "phone": "+44770090012{}"}
    digits = {"p": "1", "q": "2", "r": "3"}
    with transaction.atomic():
        brand = Brand.objects.create(slug="meeting", name="Meeting")
        for touch in touches:
            given_ = {
                kind: values.get(kind, "{}1").format(digits[v] if kind == "phone" else v)
                for kind, v in touch.items()
            }
            before = seen(brand, **given_)
            assert seen(brand, **given_).customer == before.customer
        for kind in KINDS.values():
            for person in Customer.objects.all():
                most = 1 if kind.strong else kind.limit
                assert person.identifiers.filter(kind=kind.key).count() <= most
        transaction.set_rollback(True)
