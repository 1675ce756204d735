"""Reading the audit."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from regulars.organization.public import AuditAction, AuditEntry, Brand, User, audit
from regulars.organization.staff import audit as audit_pages
from tests.cast import SignIn, make_staff

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
URL = "/b/teahouse/settings/audit/"


@pytest.fixture
def as_dan(sign_in: SignIn, dan: User) -> Client:
    return sign_in(dan)


def subjects(client: Client, **asked: object) -> list[str]:
    page = client.get(URL, asked)
    return [row["entry"].subject for row in page.context["lines"]]


def saw(by: User, brand: Brand | None, subject: str, at: datetime = NOW) -> AuditEntry:
    return audit(
        by, AuditAction.VIEW, brand=brand, subject_kind="customer", subject=subject, now=at
    )


def test_a_brand_reads_its_own_audit(
    as_dan: Client, dan: User, rosa: User, teahouse: Brand, bakery: Brand
) -> None:
    saw(dan, teahouse, "cus_1")
    saw(rosa, bakery, "cus_2")
    audit(rosa, AuditAction.SIGN_IN)
    audit(None, AuditAction.SIGN_IN_REFUSED, subject="s•••@example.com")

    assert subjects(as_dan) == ["cus_1"]


def test_who_owns_all_brands_reads_of_strangers_too(sign_in: SignIn, teahouse: Brand) -> None:
    head = make_staff(email="head@regulars.test")
    audit(None, AuditAction.SIGN_IN_REFUSED, subject="s•••@example.com")

    assert "s•••@example.com" in subjects(sign_in(head))


def test_how_its_staff_signed_in_is_shown(as_dan: Client, dan: User) -> None:
    audit(dan, AuditAction.SIGN_IN, address="192.0.2.7")
    assert "192.0.2.7" in as_dan.get(URL).content.decode()


def test_entries_are_found_by_person_deed_subject_and_day(
    as_dan: Client, dan: User, mia: User, teahouse: Brand
) -> None:
    saw(dan, teahouse, "cus_1", at=NOW - timedelta(days=2))
    saw(mia, teahouse, "cus_2")
    audit(mia, AuditAction.EXPORT, brand=teahouse, subject="all", now=NOW + timedelta(hours=15))

    assert subjects(as_dan, person=mia.pk) == ["all", "cus_2"]
    assert subjects(as_dan, action="export") == ["all"]
    assert subjects(as_dan, subject="cus_2") == ["cus_2"]
    assert subjects(as_dan, since="2026-11-20", until="2026-11-20") == ["cus_2"]
    assert subjects(as_dan, since="2026-11-21") == ["all"]
    assert subjects(as_dan, until="2026-11-18") == ["cus_1"]


def test_nonsense_in_the_filter_is_told_and_harmless(as_dan: Client, dan: User) -> None:
    page = as_dan.get(URL, {"since": "yesterday", "before": "x' or 1=1", "person": "0"})
    assert page.status_code == 200
    assert "since" in page.context["form"].errors


def test_pages_go_on_where_the_last_ended(
    as_dan: Client,
    dan: User,
    teahouse: Brand,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    entries = [saw(dan, teahouse, f"cus_{number}") for number in range(250)]
    seen: list[str] = []
    before: object = ""
    while before is not None:
        with django_assert_max_num_queries(11):
            page = as_dan.get(URL, {"before": before, "action": "view"})
        seen += [row["entry"].subject for row in page.context["lines"]]
        before = page.context["older"]

    assert seen == [entry.subject for entry in reversed(entries)]


def test_the_export_is_the_same_and_harmless_and_written_down(
    as_dan: Client, dan: User, teahouse: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_pages, "A_SLICE", 1)
    saw(dan, teahouse, "=cmd()")
    saw(dan, teahouse, "cus_1")
    answer = as_dan.get(f"{URL}export/?subject=")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["subject"] for row in rows] == ["cus_1", "'=cmd()"]
    assert rows[0]["by"] == dan.email
    assert AuditEntry.objects.filter(action=AuditAction.EXPORT, user=dan).exists()


def test_what_changed_can_be_read(as_dan: Client, teahouse: Brand, dan: User) -> None:
    as_dan.post(
        reverse("organization:branches", args=["teahouse"]), {"name": "Soho", "code": "soho"}
    )
    text = as_dan.get(URL).content.decode()
    assert "Soho" in text
