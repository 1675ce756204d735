"""Brands, and changes to them."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import ValidationError

from regulars.organization.brands import SecondFactorFirst, may_open_brands
from regulars.organization.public import (
    AuditEntry,
    Brand,
    BrandTaken,
    RoleName,
    User,
    brands_of,
    change_brand,
    open_brand,
)
from tests.cast import make_staff

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def test_a_brand_is_opened_and_written_down(dan: User) -> None:
    brand = open_brand(slug="kiosk", timezone="Asia/Shanghai", currency="CNY", by=dan, now=NOW)

    assert brand.name == "Kiosk"
    entry = AuditEntry.objects.get()
    assert (entry.at, entry.user, entry.subject, entry.brand) == (NOW, dan, "kiosk", brand)


@pytest.mark.parametrize(
    "values", [{"timezone": "Mars/Base"}, {"currency": "euro"}, {"slug": "no spaces"}]
)
def test_what_a_brand_cannot_be_is_refused(values: dict[str, str], db: None) -> None:
    with pytest.raises(ValidationError):
        open_brand(**{"slug": "kiosk", **values}, by=None, now=NOW)
    assert not Brand.objects.exists()


def test_a_short_name_is_taken_once(teahouse: Brand) -> None:
    with pytest.raises(BrandTaken):
        open_brand(slug="teahouse", by=None, now=NOW)


def test_a_change_keeps_what_was(teahouse: Brand, dan: User) -> None:
    change_brand(teahouse, values={"name": "Tea", "currency": "GBP"}, by=dan, now=NOW)

    entry = AuditEntry.objects.get()
    assert entry.detail["before"] == {"name": "Teahouse 茶舍", "currency": "GBP"}
    assert entry.detail["after"] == {"name": "Tea", "currency": "GBP"}


def test_a_change_to_the_same_is_none(teahouse: Brand, dan: User) -> None:
    assert change_brand(teahouse, values={"currency": "GBP"}, by=dan, now=NOW) is None
    assert not AuditEntry.objects.exists()


def test_a_refused_change_changes_nothing(teahouse: Brand, dan: User) -> None:
    with pytest.raises(ValidationError):
        change_brand(teahouse, values={"timezone": "Mars/Base"}, by=dan, now=NOW)
    teahouse.refresh_from_db()
    assert teahouse.timezone == "Europe/London"
    assert not AuditEntry.objects.exists()


def test_who_requires_a_second_factor_has_one(teahouse: Brand, dan: User) -> None:
    with pytest.raises(SecondFactorFirst):
        change_brand(teahouse, values={"two_factor_for": "owners"}, by=dan, now=NOW)
    TOTP.activate(dan, generate_totp_secret())
    change_brand(teahouse, values={"two_factor_for": "owners"}, by=dan, now=NOW)
    teahouse.refresh_from_db()
    assert teahouse.two_factor_for == "owners"


def test_people_see_the_brands_where_they_have_a_role(
    dan: User, rosa: User, teahouse: Brand, bakery: Brand
) -> None:
    head = make_staff(email="head@regulars.test", role=RoleName.OWNER)

    assert brands_of(dan) == [teahouse]
    assert brands_of(rosa) == [bakery]
    assert brands_of(head) == [bakery, teahouse]
    assert [may_open_brands(user) for user in (dan, rosa, head)] == [False, False, True]
