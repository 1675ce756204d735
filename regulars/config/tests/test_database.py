import threading

import pytest
from django.db import connection, transaction

from regulars.config.database import database
from regulars.config.env import BadSetting


def test_postgresql_is_described_by_a_url(tmp_path):
    described = database(
        "postgresql://dan:p%40ss@db.test:5433/shop?sslmode=require", folder=tmp_path
    )
    assert (described["USER"], described["PASSWORD"]) == ("dan", "p@ss")
    assert (described["HOST"], described["PORT"], described["NAME"]) == ("db.test", "5433", "shop")
    assert described["OPTIONS"]["sslmode"] == "require"
    assert "tcp_keepalives_idle" in described["OPTIONS"]["options"]


def test_start_up_options_may_be_left_to_a_pooler(tmp_path):
    described = database("postgresql://db.test/shop?options=", folder=tmp_path)
    assert described["OPTIONS"]["options"] == ""


@pytest.mark.parametrize("url", ["mysql://db.test/shop", "postgresql://db.test", "shop.sqlite3"])
def test_other_urls_are_refused_with_a_sentence(tmp_path, url):
    with pytest.raises(BadSetting, match="DATABASE_URL must look like"):
        database(url, folder=tmp_path)


@pytest.mark.django_db
def test_the_server_forgets_clients_that_vanished():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server")
    with connection.cursor() as cursor:
        cursor.execute("SHOW tcp_keepalives_idle")
        assert cursor.fetchone() == ("30",)
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("15min",)


@pytest.mark.django_db
def test_what_was_acknowledged_is_on_the_disk():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's defaults are durable")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (30_000,)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("page", ["/healthz", "/accounts/login/", "/b/teahouse/"])
def test_pages_answer_while_something_long_is_written(client, dan, page):
    client.force_login(dan)
    client.get(page)
    written, answered = threading.Event(), threading.Event()

    def write_for_long() -> None:
        with transaction.atomic():
            dan.save()
            written.set()
            answered.wait(20)
        connection.close()

    writer = threading.Thread(target=write_for_long)
    writer.start()
    try:
        assert written.wait(10)
        with connection.cursor() as cursor:
            impatience = {"sqlite": "PRAGMA busy_timeout=200", "postgresql": "SET lock_timeout=200"}
            cursor.execute(impatience[connection.vendor])
        assert client.get(page, follow=True).status_code == 200
    finally:
        answered.set()
        writer.join()
        connection.close()
