from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from regulars.identify.intake.public import Import, ImportKind
from regulars.organization.public import Brand, RoleName, User
from regulars.staff import console, today
from regulars.staff.today import Panel, greeting
from tests.cast import SignIn
from tests.people import make_customer

STAFF_LIST = "organization:people"


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (0, "Good evening"),
        (4, "Good evening"),
        (5, "Good morning"),
        (11, "Good morning"),
        (12, "Good afternoon"),
        (17, "Good afternoon"),
        (18, "Good evening"),
        (23, "Good evening"),
    ],
)
def test_the_greeting_follows_the_clock(hour: int, said: str):
    assert greeting(datetime(2025, 11, 20, hour, 30)) == said  # noqa: DTZ001


@pytest.mark.parametrize(("role", "seen"), [(RoleName.OWNER, True), (RoleName.ANALYST, False)])
def test_a_panel_is_left_out_for_who_may_not_see_it(
    monkeypatch, teahouse: Brand, staff: dict[RoleName, User], sign_in: SignIn, role, seen: bool
):
    monkeypatch.setattr(today, "PANELS", (Panel(STAFF_LIST, wide=True), Panel("staff:customers")))
    page = sign_in(staff[role]).get("/b/teahouse/").content.decode()
    assert ('hx-get="/b/teahouse/settings/staff/"' in page) == seen
    assert 'hx-get="/b/teahouse/customers/"' in page


def test_every_panel_answers(teahouse: Brand, dan: User, sign_in: SignIn):
    client = sign_in(dan)
    for panel in today.PANELS:
        url = today._url(panel, teahouse)
        answer = client.get(url, headers={"HX-Request": "true"})
        assert answer.status_code in {200, 204}, url
        assert "<html" not in answer.content.decode(), f"{url}: answer htmx with a fragment."


@dataclass
class Told:
    """A snapshot as old as a test wants."""

    ago: timedelta

    @property
    def at(self) -> datetime:
        return timezone.now() - self.ago


@pytest.mark.parametrize(
    ("ago", "stale"),
    [
        (timedelta(seconds=20), False),
        (timedelta(minutes=3), True),
        (timedelta(days=1, seconds=20), True),
    ],
)
def test_figures_are_stale_two_minutes_after_they_were_true(
    monkeypatch, teahouse: Brand, ago: timedelta, stale: bool
):
    monkeypatch.setattr(console, "latest_snapshot", lambda: Told(ago))
    frame = console.Console(None, SimpleNamespace(brand=teahouse))
    assert frame.stale is stale


def test_a_shop_without_customers_is_led_to_its_first_file(
    teahouse: Brand, dan: User, sam: User, sign_in: SignIn
):
    page = sign_in(dan).get("/b/teahouse/").content.decode()
    assert "Begin with a file of orders" in page
    assert 'href="/b/teahouse/imports/new/"' in page
    page = sign_in(sam).get("/b/teahouse/").content.decode()
    assert "An owner or a marketer may." in page
    assert 'href="/b/teahouse/imports/new/"' not in page


def test_a_shop_with_customers_is_asked_for_no_file(teahouse: Brand, dan: User, sign_in: SignIn):
    make_customer(brand=teahouse, name="Alice")
    page = sign_in(dan).get("/b/teahouse/").content.decode()
    assert "Begin with a file" not in page
    assert "Nothing wants you today" in page


def test_files_with_refused_rows_are_things_to_look_at(teahouse: Brand, dan: User, sign_in: SignIn):
    now = timezone.now()
    common = {"brand": teahouse, "kind": ImportKind.ORDERS, "size": 0}
    for name, state, refused, days in (
        ("good.csv", "done", 0, 1), ("bad.csv", "done", 12, 1), ("torn.csv", "failed", 0, 1),
        ("old.csv", "failed", 0, 20),
    ):  # fmt: skip
        Import.objects.create(
            file_name=name, state=state, counts={"refused": refused},
            created_at=now - timedelta(days=days), **common,
        )  # fmt: skip
    page = sign_in(dan).get("/b/teahouse/today/imports/").content.decode()
    assert "12 rows refused" in page
    assert [name for name in ("good", "bad", "torn", "old") if f"{name}.csv" in page] == [
        "bad", "torn",
    ]  # fmt: skip


def test_work_that_stands_still_is_said(teahouse: Brand, dan: User, sign_in: SignIn):
    page = sign_in(dan).get("/b/teahouse/today/system/").content.decode()
    assert "No worker is running" in page
