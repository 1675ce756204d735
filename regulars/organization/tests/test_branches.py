"""The branches of a brand."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from regulars.organization.public import (
    AuditEntry,
    Branch,
    Brand,
    User,
    close_branch,
    ensure_branches,
    open_branch,
    reopen_branch,
)

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def test_a_branch_is_opened_once_per_code(teahouse: Brand, soho: Branch, dan: User) -> None:
    with pytest.raises(ValidationError):
        open_branch(teahouse, code="soho", by=dan, now=NOW)
    assert teahouse.branches.count() == 1


def test_two_brands_may_use_one_code(bakery: Brand, soho: Branch, dan: User) -> None:
    assert open_branch(bakery, code="soho", by=dan, now=NOW).brand == bakery


def test_closing_and_opening_again_are_written_down(soho: Branch, dan: User) -> None:
    close_branch(soho, on=date(2026, 12, 31), by=dan, now=NOW)
    reopen_branch(soho, by=dan, now=NOW)

    soho.refresh_from_db()
    assert soho.closed_on is None
    details = AuditEntry.objects.order_by("pk").values_list("detail", flat=True)
    assert [detail["after"] for detail in details] == [
        {"closed_on": "2026-12-31"},
        {"closed_on": None},
    ]


def test_codes_of_an_order_file_become_branches(teahouse: Brand, soho: Branch, dan: User) -> None:
    ids = ensure_branches(teahouse, codes=["soho", "till 7", "till 7"], by=dan, now=NOW)

    assert ids == dict(teahouse.branches.values_list("code", "pk"))
    assert set(ids) == {"soho", "till 7"}
    assert AuditEntry.objects.get().detail == {"codes": ["till 7"], "count": 1}


def test_known_codes_write_nothing(teahouse: Brand, soho: Branch, dan: User) -> None:
    assert ensure_branches(teahouse, codes=["soho"], by=dan, now=NOW) == {"soho": soho.pk}
    assert not AuditEntry.objects.exists()
