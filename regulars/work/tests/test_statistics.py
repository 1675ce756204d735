import pytest
from django.db import connection

from regulars.work.models import Task
from regulars.work.public import refresh_statistics
from tests.people import NOW

KNOWN = {
    "sqlite": "SELECT stat FROM sqlite_stat1 WHERE idx = 'task_by_subject'",
    "postgresql": "SELECT reltuples::int::text FROM pg_class WHERE relname = 'work_task'",
}


@pytest.mark.django_db
def test_tables_that_have_grown_are_known_to_have_grown():
    tasks = [
        Task(kind="import", subject_id=n, state="done", created_at=NOW, ready_at=NOW)
        for n in range(900)
    ]
    Task.objects.bulk_create(tasks)
    refresh_statistics()
    with connection.cursor() as cursor:
        cursor.execute(KNOWN[connection.vendor])
        assert cursor.fetchone()[0].split()[0] == "900"


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite looks at all its tables")
def test_tables_that_have_not_grown_are_left_alone(django_assert_num_queries):
    refresh_statistics()
    with django_assert_num_queries(1):
        refresh_statistics()
