import threading

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from regulars.work.models import Lease
from regulars.work.public import describe, trace, will_pass


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_busy_will_pass():
    Lease.objects.create(duty="busy", expires_at="2020-01-01T00:00:00Z")
    error: list[OperationalError] = []

    def write_impatiently() -> None:
        patience = (
            "PRAGMA busy_timeout=50" if connection.vendor == "sqlite" else ("SET lock_timeout = 50")
        )
        try:
            connection.cursor().execute(patience)
            Lease.objects.update(holder="x")
        except OperationalError as caught:
            error.append(caught)
        finally:
            connection.close()

    with transaction.atomic():
        Lease.objects.update(holder="y")
        thread = threading.Thread(target=write_impatiently)
        thread.start()
        thread.join()
    assert will_pass(error[0])


@pytest.mark.django_db
def test_a_statement_that_is_wrong_will_not_pass():
    with pytest.raises(Exception, match="no_such") as wrong, transaction.atomic():
        connection.cursor().execute("SELECT no_such_thing FROM work_lease")
    assert not will_pass(wrong.value)
    assert not will_pass(ValueError())


def test_what_is_kept_of_a_database_error_does_not_quote_the_row():
    error = IntegrityError("duplicate key\nDETAIL: Key (email)=(alice@example.org) exists")
    assert describe(error) == "IntegrityError: duplicate key"
    assert "alice" not in trace(error)
