"""When and on which day something was bought: near midnight, at changes of the clock, elsewhere."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.utils import timezone

from regulars.identify.commerce.public import Order, Refund
from regulars.identify.intake.public import start_undo
from regulars.identify.intake.staging.moments import DAY_FIRST, make_moments
from regulars.identify.intake.staging.zones import changes
from regulars.identify.intake.tests.conftest import take_in, work
from regulars.lake.public import workbench
from regulars.organization.public import change_brand
from regulars.work.public import run_task
from tests.cast import make_brand
from tests.facts import facts

ODD = {"Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "Antarctica/Troll",
       "Pacific/Chatham", "Pacific/Apia", "Europe/London", "America/St_Johns"}  # fmt: skip
ZONES = sorted(ODD | set(sorted(available_timezones() - {"localtime"})[::15]))
HEADER = "order,date,sku,quantity,price,customer id\n"


def days_of(told, *, zone, **said):
    """Bring orders of these times into a brand there; return instants and days."""
    brand = make_brand(slug="there", timezone=zone)
    rows = "".join(f"{n},{text},TEA,1,4,7\n" for n, text in enumerate(told))
    work(take_in(brand, HEADER + rows, **said))
    found = Order.objects.filter(brand=brand).order_by("number")
    return [(one.occurred_at.strftime("%d %H:%M"), one.placed_on.day) for one in found]


@pytest.mark.django_db
def test_near_midnight_the_day_is_that_of_the_brand():
    told = ["2025-07-01 00:30", "2025-07-01T23:30:00Z", "2025-07-01 23:30 -04:00", "2025-07-01"]

    assert days_of(told, zone="Europe/London") == [
        ("30 23:30", 1), ("01 23:30", 2), ("02 03:30", 2), ("30 23:00", 1),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_file_of_another_clock_is_read_by_that_clock():
    told = ["2025-07-01 02:30", "2025-01-01 04:59", "2025-01-01 05:00"]

    assert days_of(told, zone="America/New_York", timezone="UTC") == [
        ("01 02:30", 30), ("01 04:59", 31), ("01 05:00", 1),
    ]  # fmt: skip


@pytest.mark.django_db
def test_an_hour_that_never_was_and_one_that_came_twice_have_their_place():
    told = ["2025-03-30 00:59", "2025-03-30 01:30", "2025-03-30 02:00", "2025-10-26 01:30"]

    assert days_of(told, zone="Europe/London") == [
        ("30 00:59", 30), ("30 01:30", 30), ("30 01:00", 30), ("26 00:30", 26),
    ]  # fmt: skip


def test_zones_of_all_kinds_are_read_as_python_reads_it(tmp_path):
    begin, end = datetime(2010, 12, 1), datetime(2012, 1, 31)  # noqa: DTZ001 - Samoa lost a day
    told = []
    for name in ZONES:
        zone = ZoneInfo(name)
        turns = [begin, *(at for at, _, _ in changes(zone, begin, end))]
        for at in turns:
            walls = [at + timedelta(minutes=minutes) for minutes in range(-1_530, 1_530, 30)]
            told += [(f"{wall:%Y-%m-%d %H:%M:%S}", name, wall, zone) for wall in walls]
    brand_zone = ZoneInfo("Pacific/Apia")
    with workbench(folder=tmp_path / "spill") as db:
        db.execute("CREATE TABLE told (text VARCHAR, zone VARCHAR)")
        for part in (told[n : n + 20_000] for n in range(0, len(told), 20_000)):
            rows = ", ".join(f"('{text}', '{name}')" for text, name, _, _ in part)
            db.execute(f"INSERT INTO told VALUES {rows}")
        db.execute("CREATE TABLE texts AS SELECT DISTINCT * FROM told")
        zones = {name: ZoneInfo(name) for name in ZONES}
        make_moments(db, "texts", order=DAY_FIRST, zones=zones, brand_zone=brand_zone)
        rows = db.execute("SELECT text, zone, instant, on_day FROM moment").fetchall()
    found = {(text, name): (instant, day) for text, name, instant, day in rows}
    wrong = []
    for text, name, wall, zone in told:
        instant = wall.replace(tzinfo=zone).astimezone(UTC)
        expected = (instant.replace(tzinfo=None), instant.astimezone(brand_zone).date())
        if found[text, name] != expected:
            wrong.append((text, name, found[text, name], expected))
    assert len(found) > 5_000
    assert wrong == []


@pytest.mark.django_db
def test_days_stay_when_the_brand_moves_and_are_its_own_when_the_file_comes_again():
    brand = make_brand(slug="there", timezone="Europe/London")
    file = f"{HEADER}1,2025-03-01 23:30,TEA,1,4,7\n2,2025-03-05 23:30,TEA,-1,4,7\n"
    work(take_in(brand, file, timezone="UTC"))
    before = facts(brand)

    change_brand(brand, values={"timezone": "Asia/Shanghai"}, by=None, now=timezone.now())
    brand.refresh_from_db()
    assert facts(brand) == before

    again = work(take_in(brand, file, timezone="UTC"))

    order, refund = Order.objects.get(), Refund.objects.get()
    assert (again.counts["changed_orders"], again.counts["unchanged_refunds"]) == (1, 1)
    assert order.placed_on == date(2025, 3, 2)
    assert refund.refunded_on == date(2025, 3, 5)
    run_task(start_undo(again, by=None, now=timezone.now()))
    assert facts(brand) == before
