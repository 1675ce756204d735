"""What a person may do, and where."""

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from regulars.organization.public import (
    Access,
    Branch,
    Brand,
    NotStaffHere,
    Permission,
    Role,
    RoleName,
    User,
    access_of,
)
from tests.cast import make_staff


def access(user: User, asked: Permission = Permission.SEE_CUSTOMERS) -> Access:
    return access_of(user, brand_slug="teahouse", asked=asked)


def test_an_owner_may_do_everything_everywhere(dan: User) -> None:
    assert access(dan).permissions == frozenset(Permission)
    assert access(dan).branch_ids is None
    assert not access(dan).masked


def test_an_analyst_sees_everybody_and_no_names(ana: User) -> None:
    assert access(ana).branch_ids is None
    assert access(ana).masked


def test_a_branch_manager_sees_the_people_of_their_branch(
    ben: User, soho: Branch, camden: Branch
) -> None:
    assert access(ben).branch_ids == {soho.pk}
    assert not access(ben).masked
    assert access(ben).masked_at(camden.pk)
    assert not access(ben).may(Permission.EDIT_CUSTOMERS, branch_id=camden.pk)


def test_nobody_holds_one_role_in_one_place_twice(dan: User, ben: User, soho: Branch) -> None:
    for held in (dan.roles.get(), ben.roles.get()):
        with pytest.raises(IntegrityError), transaction.atomic():
            Role.objects.create(
                user=held.user, name=held.name, brand=held.brand, branch=held.branch
            )


def test_two_branches_make_one_reach(ben: User, soho: Branch, camden: Branch) -> None:
    Role.objects.create(user=ben, name=RoleName.BRANCH_MANAGER, brand=camden.brand, branch=camden)

    assert access(ben).branch_ids == {soho.pk, camden.pk}


def test_an_analyst_who_manages_one_branch_counts_all_and_names_one(
    ben: User, soho: Branch, camden: Branch
) -> None:
    Role.objects.create(user=ben, name=RoleName.ANALYST, brand=soho.brand)

    assert access(ben).branch_ids is None
    assert access(ben).masked
    assert not access(ben).masked_at(soho.pk)
    assert access(ben).masked_at(camden.pk)
    assert access(ben).masked_at(None)
    assert access(ben).branches_for(Permission.EDIT_CUSTOMERS) == {soho.pk}


def test_who_has_no_home_branch_is_within_reach_of_the_whole_brand_only(
    dan: User, ben: User, soho: Branch
) -> None:
    Role.objects.create(user=ben, name=RoleName.ANALYST, brand=soho.brand)

    assert access(ben).masked_at(None)
    assert not access(ben).may(Permission.EDIT_CUSTOMERS, branch_id=None)
    assert access(ben).may(Permission.EDIT_CUSTOMERS)
    assert not access(dan).masked_at(None)


def test_a_role_for_all_brands_holds_at_each(teahouse: Brand, bakery: Brand) -> None:
    head = make_staff(email="head@regulars.test", role=RoleName.MARKETER)

    for slug in ("teahouse", "bakery"):
        assert access_of(head, brand_slug=slug, asked=Permission.IMPORT).may(Permission.IMPORT)


def test_staff_of_another_brand_are_nobody_here(teahouse: Brand, rosa: User) -> None:
    with pytest.raises(NotStaffHere):
        access(rosa)


def test_a_brand_that_is_not_there_answers_the_same(dan: User) -> None:
    with pytest.raises(NotStaffHere):
        access_of(dan, brand_slug="nowhere", asked=Permission.SEE_METRICS)


def test_access_takes_two_queries(
    ben: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        access(ben)
