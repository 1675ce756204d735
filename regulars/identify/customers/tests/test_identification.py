import pytest

from regulars.identify.customers.models import Customer, Identifier
from regulars.identify.customers.public import (
    BlockedIdentifier,
    Given,
    IdentifierTaken,
    LimitReached,
    NotAnIdentifier,
    Profile,
    add_identifier,
    block_value,
    register_customer,
    remove_identifier,
    restore_identifier,
    unblock_value,
)
from regulars.lake.public import Removal
from regulars.organization.public import AuditEntry, Brand, User
from tests.people import NOW

pytestmark = pytest.mark.django_db


def kinds(customer: Customer) -> list[str]:
    return sorted(customer.identifiers.values_list("kind", flat=True))


def test_an_identifier_is_added_once_in_its_normal_form(alice: Customer, dan: User) -> None:
    first = add_identifier(customer=alice, kind="email", value=" A.M@Mail.test", by=dan, now=NOW)
    again = add_identifier(customer=alice, kind="email", value="a.m@mail.test", by=dan, now=NOW)
    assert again == first
    assert first.value == "a.m@mail.test"
    assert first.revision > alice.revision
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject, entry.user) == ("create", alice.public_id, dan)


def test_a_local_number_is_read_in_the_brands_country(teahouse: Brand, alice: Customer) -> None:
    teahouse.country = "GB"
    teahouse.save()
    alice.refresh_from_db()
    found = add_identifier(customer=alice, kind="phone", value="07700 900456", by=None, now=NOW)
    assert (found.value, found.tail) == ("+447700900456", "654009007744")


def test_what_is_another_customers_is_refused_with_who_it_is(
    alice: Customer, bob: Customer
) -> None:
    with pytest.raises(IdentifierTaken) as refused:
        add_identifier(customer=bob, kind="email", value="alice@mail.test", by=None, now=NOW)
    assert refused.value.owner == alice
    assert kinds(bob) == ["email"]


def test_a_second_user_id_and_a_sixth_address_are_refused(alice: Customer) -> None:
    add_identifier(customer=alice, kind="user_id", value="u1", by=None, now=NOW)
    with pytest.raises(LimitReached):
        add_identifier(customer=alice, kind="user_id", value="u2", by=None, now=NOW)
    for turn in range(4):
        add_identifier(customer=alice, kind="email", value=f"a{turn}@m.test", by=None, now=NOW)
    with pytest.raises(LimitReached):
        add_identifier(customer=alice, kind="email", value="a5@m.test", by=None, now=NOW)
    assert alice.identifiers.filter(kind="email").count() == 5


@pytest.mark.parametrize(
    ("kind", "value", "refusal"),
    [
        ("user_id", "null", BlockedIdentifier),
        ("email", "n/a", BlockedIdentifier),
        ("email", "test@mail.test", BlockedIdentifier),
        ("email", "alice", NotAnIdentifier),
    ],
)
def test_what_identifies_nobody_is_refused(
    alice: Customer, kind: str, value: str, refusal: type[Exception]
) -> None:
    before = kinds(alice)
    with pytest.raises(refusal):
        add_identifier(customer=alice, kind=kind, value=value, by=None, now=NOW)
    assert kinds(alice) == before


def test_what_was_removed_is_given_back_as_it_was(alice: Customer, dan: User) -> None:
    row = alice.identifiers.get(kind="phone")
    was = (row.value, row.tail, row.created_at)
    removed = remove_identifier(identifier=row, by=dan, now=NOW)
    assert kinds(alice) == ["email", "member_number"]
    assert Removal.objects.get().table == "identifiers"
    back = restore_identifier(customer=alice, removed=removed, by=dan, now=NOW)
    assert (back.value, back.tail, back.created_at) == was
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "remove",
        "undo",
    ]


def test_a_brand_blocks_a_value_and_takes_it_from_who_has_it(
    teahouse: Brand, alice: Customer, bob: Customer, dan: User
) -> None:
    blocking = block_value(brand=teahouse, kind="phone", value="+44 7700 900123", by=dan, now=NOW)
    assert blocking.removed is not None
    assert blocking.removed.customer_id == alice.pk
    with pytest.raises(BlockedIdentifier):
        add_identifier(customer=bob, kind="phone", value="+447700900123", by=dan, now=NOW)
    unblock_value(blocked=blocking.blocked, by=dan, now=NOW)
    add_identifier(customer=bob, kind="phone", value="+447700900123", by=dan, now=NOW)


def test_at_the_desk_a_person_is_registered_wholly_or_not_at_all(
    teahouse: Brand, alice: Customer, dan: User
) -> None:
    given = [Given(kind="phone", value="+447700900777"), Given(kind="email", value="nina@m.test")]
    nina = register_customer(
        brand=teahouse, profile=Profile(name="Nina"), given=given, by=dan, now=NOW
    )
    assert kinds(nina) == ["email", "phone"]
    before = Identifier.objects.count()
    taken = [
        Given(kind="phone", value="+447700900888"),
        Given(kind="email", value="alice@mail.test"),
    ]
    with pytest.raises(IdentifierTaken):
        register_customer(
            brand=teahouse, profile=Profile(name="Impostor"), given=taken, by=dan, now=NOW
        )
    assert Identifier.objects.count() == before
    assert not Customer.objects.filter(name="Impostor").exists()
