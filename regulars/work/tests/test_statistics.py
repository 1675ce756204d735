import pytest
from django.db import connection

from regulars.work.models import Task
from regulars.work.public import refresh_statistics
from tests.people import NOW


@pytest.mark.django_db
def test_tables_that_have_grown_are_known_to_have_grown():
    if connection.vendor != "sqlite":
        refresh_statistics()
        pytest.skip("PostgreSQL sees to its statistics by itself")
    tasks = [
        Task(kind="import", subject_id=n, state="done", created_at=NOW, ready_at=NOW)
        for n in range(500)
    ]
    Task.objects.bulk_create(tasks)
    refresh_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'task_by_subject'")
        assert cursor.fetchone()[0].split()[:3] == ["500", "500", "1"]
