from dataclasses import replace
from datetime import date, timedelta

import pytest

from regulars.identify.customers.models import Customer, HouseholdMember
from regulars.identify.customers.public import (
    Member,
    NotABirthday,
    NotOfThisBrand,
    add_member,
    change_member,
    change_profile,
    profile_of,
    remove_member,
    restore_member,
)
from regulars.identify.timeline.public import Event
from regulars.lake.public import Removal
from regulars.organization.public import AuditEntry, Brand, User
from tests.cast import make_branch
from tests.people import NOW

pytestmark = pytest.mark.django_db


def test_a_changed_profile_says_what_changed(alice: Customer, dan: User) -> None:
    wanted = replace(profile_of(alice), name="Alice Moreau-Smith", interests=("tea", "cats"))
    changed = change_profile(customer=alice, profile=wanted, by=dan, now=NOW)
    assert profile_of(changed) == wanted
    assert changed.search_name == "alice moreau smith"
    assert changed.turned_name == "smith alice moreau"
    assert changed.revision > alice.revision
    assert AuditEntry.objects.get().detail == {"fields": ["name", "interests"]}
    assert not Event.objects.exists()


def test_no_change_writes_nothing(alice: Customer, dan: User) -> None:
    same = change_profile(customer=alice, profile=profile_of(alice), by=dan, now=NOW)
    assert same.revision == alice.revision
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("day", [date(2025, 11, 21), date(1890, 1, 1)])
def test_nobody_is_born_tomorrow_or_too_long_ago(alice: Customer, day: date) -> None:
    with pytest.raises(NotABirthday):
        change_profile(
            customer=alice, profile=replace(profile_of(alice), born_on=day), by=None, now=NOW
        )
    alice.refresh_from_db()
    assert alice.born_on is None


def test_a_branch_of_another_brand_is_refused(alice: Customer, bakery: Brand) -> None:
    theirs = make_branch(brand=bakery)
    with pytest.raises(NotOfThisBrand):
        change_profile(
            customer=alice,
            profile=replace(profile_of(alice), branch_id=theirs.pk),
            by=None,
            now=NOW,
        )


def test_a_cat_joins_the_household_and_comes_back(alice: Customer, dan: User) -> None:
    cat = Member(kind="pet", name="Mochi", species="cat", born_on=date(2023, 12, 3))
    row = add_member(customer=alice, member=cat, by=dan, now=NOW)
    row = change_member(row=row, member=replace(cat, stage="grown"), by=dan, now=NOW)
    first = row.pk
    gone = remove_member(row=row, by=dan, now=NOW)
    assert not HouseholdMember.objects.exists()
    assert list(Removal.objects.values_list("table", "row_id")) == [("household", first)]
    back = restore_member(customer=alice, member=gone, by=dan, now=NOW)
    assert (back.name, back.stage) == ("Mochi", "grown")
    with pytest.raises(NotABirthday):
        add_member(
            customer=alice,
            member=replace(cat, born_on=NOW.date() + timedelta(days=1)),
            by=dan,
            now=NOW,
        )
