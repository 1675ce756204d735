"""The list of customers by their metrics, against a plain sort of the same rows."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from django.http import QueryDict
from django.urls import reverse

from regulars.differentiate.metrics.public import CUSTOMERS, MetricRun
from regulars.lake.public import catch_up, write_partition
from regulars.organization.public import Brand
from regulars.staff.customers.asked import Asked, asked
from regulars.staff.customers.judged import SORTS, find
from tests.cast import SignIn, make_branch, make_brand, make_staff
from tests.people import NOW, make_customer

DAY = date(2025, 11, 20)
COLUMN = {
    "net": "net_minor", "visits": "visits", "recency": "last_visit_on", "due": "due_on",
    "orders": "orders", "order": "average_order_minor", "first": "first_visit_on",
    "cadence": "cadence_days",
}  # fmt: skip
STATES = ("active", "silent", "dormant", "churned")
KINDS = ("new", "second-time", "regular", "fan")
SCHEMA = pa.schema(
    [
        ("customer_id", pa.int32()),
        ("branch_id", pa.int32()),
        ("visits", pa.int32()),
        ("orders", pa.int32()),
        ("net_minor", pa.int64()),
        ("average_order_minor", pa.int64()),
        ("recency_days", pa.int32()),
        ("recency_state", pa.string()),
        ("frequency_state", pa.string()),
        ("cell_before", pa.string()),
        ("first_visit_on", pa.date32()),
        ("last_visit_on", pa.date32()),
        ("due_on", pa.date32()),
        ("due_state", pa.string()),
        ("cadence_days", pa.float64()),
        ("leaving", pa.bool_()),
        ("r", pa.int8()),
        ("f", pa.int8()),
        ("m", pa.int8()),
    ]
)


def row(customer_id: int, branch_id: int | None, turn: int) -> dict[str, Any]:
    return {
        "customer_id": customer_id,
        "branch_id": branch_id,
        "visits": turn % 7,
        "orders": turn % 9,
        "net_minor": (turn * 7919) % 500 * 100 - 2000,
        "average_order_minor": turn % 13 * 100 if turn % 9 else None,
        "recency_days": turn,
        "recency_state": STATES[turn % 4],
        "frequency_state": KINDS[turn % 3],
        "cell_before": f"active/{KINDS[turn % 3]}" if turn % 4 else None,
        "first_visit_on": DAY - timedelta(days=400 - turn % 50),
        "last_visit_on": DAY - timedelta(days=turn % 30),
        "due_on": DAY + timedelta(days=turn % 11) if turn % 5 else None,
        "due_state": ("due", "overdue", "later")[turn % 3] if turn % 5 else None,
        "cadence_days": turn % 6 + 0.5,
        "leaving": turn % 10 == 0,
        "r": turn % 5 + 1,
        "f": 1,
        "m": 5,
    }


@pytest.fixture
def shop(lake: Path) -> tuple[Brand, list[dict[str, Any]]]:
    brand = make_brand(slug="teahouse", currency="GBP")
    soho = make_branch(brand=brand, code="soho")
    people = [
        make_customer(
            brand=brand, name=f"P{turn}", branch=soho if turn % 2 else None,
            city="Leeds" if turn % 3 else "York",
        )
        for turn in range(130)
    ]  # fmt: skip
    catch_up()
    rows = [row(one.pk, one.branch_id, turn) for turn, one in enumerate(people)]
    old = pa.Table.from_pylist(rows[:5], schema=SCHEMA)
    write_partition(CUSTOMERS, old, where={"brand_id": brand.pk, "as_of": DAY - timedelta(days=1)})
    kept = pa.Table.from_pylist(rows, schema=SCHEMA)
    write_partition(CUSTOMERS, kept, where={"brand_id": brand.pk, "as_of": DAY})
    for day in (DAY - timedelta(days=1), DAY):
        MetricRun.objects.create(
            brand=brand, as_of_on=day, revision=1, facts_at=NOW, fingerprint="x",
            started_at=NOW, finished_at=NOW, seconds=0, summary={},
        )  # fmt: skip
    return brand, [one for one in rows if one["visits"]]


def everybody(question: Asked, brand: Brand, **scope: Any) -> list[int]:
    found, page = [], find(question, brand=brand, branch_ids=scope.get("branch_ids"), now=NOW)
    while True:
        assert page.as_of == DAY
        found += [one["customer_id"] for one in page.rows]
        if page.following is None:
            return found
        address = QueryDict(question.query(after=page.following).removeprefix("?"))
        following = asked(address, sorts=frozenset(SORTS), columns=frozenset())
        page = find(following, brand=brand, branch_ids=scope.get("branch_ids"), now=NOW)


def sorted_as_asked(rows: list[dict[str, Any]], question: Asked) -> list[int]:
    name = COLUMN[question.sort]
    known = [one for one in rows if one[name] is not None]
    known.sort(key=lambda one: one["customer_id"])
    known.sort(key=lambda one: one[name], reverse=question.descending)
    rest = sorted((one for one in rows if one[name] is None), key=lambda one: one["customer_id"])
    return [one["customer_id"] for one in [*known, *rest]]


def test_every_order_reaches_everybody_once(shop: tuple[Brand, list[dict[str, Any]]]) -> None:
    brand, rows = shop
    for sort in SORTS:
        for descending in (True, False):
            question = Asked(sort=sort, descending=descending)
            assert everybody(question, brand) == sorted_as_asked(rows, question), question


def test_filters_leave_whom_they_name(shop: tuple[Brand, list[dict[str, Any]]]) -> None:
    brand, rows = shop
    questions = {
        Asked(exact={"cell": "active/fan"}).query(): lambda one: False,
        Asked(exact={"cell": "active/new"}).query(): lambda one: (
            (one["recency_state"], one["frequency_state"]) == ("active", "new")
        ),
        Asked(exact={"due": "due"}, at_least={"r": 2}, at_most={"r": 2}).query(): lambda one: (
            one["due_state"] == "due" and one["r"] == 2
        ),
        Asked(at_least={"net": 100}, at_most={"net": 200}).query(): lambda one: (
            10_000 <= one["net_minor"] <= 20_000
        ),
        Asked(at_least={"visits": 3, "recency": 50}).query(): lambda one: (
            one["visits"] >= 3 and one["recency_days"] >= 50
        ),
        Asked(leaving=True).query(): lambda one: one["leaving"],
        Asked(exact={"before": "active/new", "cell": "/new"}).query(): lambda one: (
            (one["cell_before"], one["frequency_state"]) == ("active/new", "new")
        ),
        Asked(exact={"before": "none"}).query(): lambda one: one["cell_before"] is None,
        Asked(at_least={"first": "2024-11-01"}, at_most={"first": "2024-11-20"}).query(): (
            lambda one: date(2024, 11, 1) <= one["first_visit_on"] <= date(2024, 11, 20)
        ),
    }
    for address, belongs in questions.items():
        query = QueryDict(address.removeprefix("?"))
        question = asked(query, sorts=frozenset(SORTS), columns=frozenset())
        expected = sorted_as_asked([one for one in rows if belongs(one)], question)
        assert everybody(question, brand) == expected, address


def test_the_profile_is_asked_too_and_a_branch_sees_its_own(
    shop: tuple[Brand, list[dict[str, Any]]],
) -> None:
    brand, rows = shop
    york = set(everybody(Asked(exact={"city": "york"}), brand))
    first = min(one["customer_id"] for one in rows) - 1
    assert york == {one["customer_id"] for one in rows if (one["customer_id"] - first) % 3 == 0}
    soho = brand.branches.get()
    mine = everybody(Asked(), brand, branch_ids=frozenset({soho.pk}))
    assert set(mine) == {one["customer_id"] for one in rows if one["branch_id"] == soho.pk}
    assert set(everybody(Asked(exact={"branch": str(soho.pk)}), brand)) == set(mine)
    assert everybody(Asked(exact={"branch": "x"}), brand) == []


def test_the_page_shows_metrics_names_and_the_way_on(
    shop: tuple[Brand, list[dict[str, Any]]], sign_in: SignIn
) -> None:
    brand, _rows = shop
    owner = make_staff(email="o@regulars.test", brand=brand)
    url = reverse("staff:customers", args=[brand.slug])
    answer = sign_in(owner).get(url + "?cell=active/new&show=net&show=cell&sort=-net")
    text = answer.content.decode()
    assert "active · new" in text
    assert 'aria-sort="ascending"' in text
    assert "£" in text
    assert len(answer.context["rows"]) > 5
    assert sign_in(owner).get(url).context["next"]
