"""Taking people on, and letting them go."""

import contextlib
import threading
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from regulars.organization.public import (
    AuditAction,
    AuditEntry,
    BeyondOwnRole,
    Branch,
    BranchElsewhere,
    Brand,
    LastOwner,
    Role,
    RoleName,
    User,
    add_staff,
    dismiss,
    grant_role,
    remove_role,
    staff_list,
    take_back,
)
from tests.cast import make_branch, make_staff

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def give(user: User, name: RoleName, by: User | None, **place: object) -> Role:
    return grant_role(user, name=name, by=by, now=NOW, **place)  # type: ignore[arg-type]


def test_a_person_is_taken_on_once_whatever_the_case_of_the_address(dan: User) -> None:
    new, was_new = add_staff(email=" Zoe@Regulars.test ", name="Zoe", by=dan, now=NOW)
    again, was_new_again = add_staff(email="zoe@regulars.TEST", by=dan, now=NOW)

    assert (was_new, was_new_again, new) == (True, False, again)
    assert not new.has_usable_password()


def test_an_address_that_is_none_is_refused(db: None) -> None:
    with pytest.raises(ValidationError):
        add_staff(email="zoe at home", by=None, now=NOW)
    assert not User.objects.exists()


def test_an_owner_gives_any_role_at_their_brand(dan: User, mia: User, teahouse: Brand) -> None:
    give(mia, RoleName.OWNER, dan, brand=teahouse)

    assert set(mia.roles.values_list("name", flat=True)) == {"marketer", "owner"}
    entry = AuditEntry.objects.get(subject_kind="role")
    assert (entry.user, entry.action, entry.brand) == (dan, AuditAction.CREATE, teahouse)
    assert entry.detail["role"] == "owner"


def test_the_same_role_twice_is_the_same_role(dan: User, mia: User, teahouse: Brand) -> None:
    give(mia, RoleName.MARKETER, dan, brand=teahouse)

    assert mia.roles.count() == 1
    assert not AuditEntry.objects.filter(subject_kind="role").exists()


@pytest.mark.parametrize("giver", ["mia", "ana", "sam", "ben"])
def test_only_owners_give_roles(
    giver: str, request: pytest.FixtureRequest, rosa: User, teahouse: Brand
) -> None:
    with pytest.raises(BeyondOwnRole):
        give(rosa, RoleName.ANALYST, request.getfixturevalue(giver), brand=teahouse)
    assert not Role.objects.filter(user=rosa, brand=teahouse).exists()


def test_an_owner_of_one_brand_gives_nothing_elsewhere(dan: User, mia: User, bakery: Brand) -> None:
    for brand in (bakery, None):
        with pytest.raises(BeyondOwnRole):
            give(mia, RoleName.ANALYST, dan, brand=brand)
    assert mia.roles.count() == 1


def test_an_owner_of_one_branch_gives_roles_at_that_branch_only(
    teahouse: Brand, soho: Branch, camden: Branch, mia: User
) -> None:
    keeper = make_staff(email="kim@regulars.test", brand=teahouse, branch=soho)

    give(mia, RoleName.SERVICE, keeper, brand=teahouse, branch=soho)
    for branch in (camden, None):
        with pytest.raises(BeyondOwnRole):
            give(mia, RoleName.SERVICE, keeper, brand=teahouse, branch=branch)


def test_a_branch_of_another_brand_is_no_place_here(
    dan: User, mia: User, teahouse: Brand, bakery: Brand
) -> None:
    oven = make_branch(brand=bakery, code="oven")

    with pytest.raises(BranchElsewhere):
        give(mia, RoleName.SERVICE, dan, brand=teahouse, branch=oven)


def test_the_last_owner_who_can_sign_in_stays(dan: User, teahouse: Brand) -> None:
    dan.set_password("a-long-password")
    dan.save()
    invited = make_staff(email="zoe@regulars.test", brand=teahouse)

    with pytest.raises(LastOwner):
        remove_role(dan.roles.get(), by=dan, now=NOW)
    with pytest.raises(LastOwner):
        dismiss(dan, by=invited, now=NOW)
    dan.refresh_from_db()
    assert dan.is_active
    assert dan.roles.count() == 1
    assert not AuditEntry.objects.exists()


def test_one_of_two_owners_may_go(dan: User, teahouse: Brand) -> None:
    for user in (dan, make_staff(email="zoe@regulars.test", brand=teahouse)):
        user.set_password("a-long-password")
        user.save()

    remove_role(dan.roles.get(), by=dan, now=NOW)

    assert not dan.roles.exists()


def test_a_brand_without_owner_keeps_nobody_elsewhere(dan: User, mia: User, bakery: Brand) -> None:
    dismiss(mia, by=dan, now=NOW)

    mia.refresh_from_db()
    assert not mia.is_active


def test_who_works_elsewhere_too_is_not_dismissed_by_one_owner(
    dan: User, mia: User, bakery: Brand
) -> None:
    give(mia, RoleName.ANALYST, None, brand=bakery)

    with pytest.raises(BeyondOwnRole):
        dismiss(mia, by=dan, now=NOW)
    mia.refresh_from_db()
    assert mia.is_active


def test_a_dismissed_person_may_be_taken_back(dan: User, mia: User) -> None:
    dismiss(mia, by=dan, now=NOW)
    take_back(mia, by=dan, now=NOW)

    mia.refresh_from_db()
    assert mia.is_active
    assert [e.detail["after"] for e in AuditEntry.objects.order_by("pk")] == [
        {"is_active": False},
        {"is_active": True},
    ]


def test_the_staff_of_a_brand_are_those_with_a_role_there(
    dan: User, rosa: User, teahouse: Brand
) -> None:
    head = make_staff(email="head@regulars.test", role=RoleName.MARKETER)

    assert set(staff_list(teahouse)) == {dan, head}
    assert set(staff_list()) == {dan, head, rosa}


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_dismiss_each_other_do_not_both_succeed(dan: User, teahouse: Brand) -> None:
    zoe = make_staff(email="zoe@regulars.test", brand=teahouse)
    User.objects.update(password="usable")
    both = threading.Barrier(2)

    def let_go(who: User, by: User) -> None:
        both.wait()
        try:
            with contextlib.suppress(LastOwner):
                dismiss(who, by=by, now=NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=let_go, args=pair) for pair in ((dan, zoe), (zoe, dan))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert User.objects.filter(is_active=True).count() == 1
