"""The newest customers, whatever the database knows of how many there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regulars.identify.customers.models import Customer
from regulars.identify.customers.public import newest_customers
from regulars.organization.public import Brand
from tests.people import NOW

pytestmark = pytest.mark.django_db


def _crowd(brand: Brand, *, people: int = 3_000) -> None:
    Customer.objects.bulk_create(
        Customer(public_id=f"cus_{turn}", brand=brand, created_at=NOW, revision=1)
        for turn in range(people)
    )


def _plan(questions: CaptureQueriesContext) -> str:
    [question] = questions.captured_queries
    say = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{say} {question['sql']}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


@pytest.mark.parametrize("looked_at", [False, True])
def test_the_newest_are_read_without_reading_all(teahouse: Brand, looked_at: bool):
    _crowd(teahouse)
    if looked_at:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    for before in (None, Customer.objects.latest("pk").pk - 40):
        with CaptureQueriesContext(connection) as questions:
            assert len(newest_customers(brand=teahouse, before=before, limit=51)) == 51
        plan = _plan(questions)
        assert "Sort" not in plan, plan
        assert "TEMP B-TREE" not in plan, plan
