"""Spark reads exactly what DuckDB reads and answers the same, or says why it cannot."""

import socket
from datetime import UTC, date, datetime

import ibis
import pyarrow as pa
import pytest
from django.db import transaction

from regulars.identify.commerce.public import Product
from regulars.lake.public import (
    EngineUnavailable,
    catch_up,
    lake_status,
    latest_snapshot,
    next_revision,
    reading,
    remove_rows,
    text_in_json,
    write_partition,
)
from regulars.lake.spark import session

pytestmark = [pytest.mark.spark, pytest.mark.usefixtures("lake")]
DOCUMENT = '{"a": "x", "b c": {"d": 2.50}, "n": 1e5, "o": {"k": [1, 2]}, "t": true, "z": null}'
TEXTS = [
    "", " 3 ", "1d", "0x1p3", "1e3", ".5", "2.", "nan", "-Infinity", "tea-1", "TEA-22\n", "taé",
    "2025-2-3", "2025/02/03", "2025-02", "2025", "2025-02-03T10:00", "2025-02-30", "2025-02-031",
    "Tea > Green/Sencha", None,
]  # fmt: skip
PATTERNS = ("^tea-[0-9]$", r"(?i)^TÉ", r"2$", r"a.$", "(?P<x>ea)-", "[[:digit:]]{2}", r"\d\.?$")


def put(brand, **named):
    with transaction.atomic():
        for sku, name in named.items():
            told = {"name": name, "revision": next_revision()}
            Product.objects.update_or_create(brand=brand, sku=sku, defaults=told)
    catch_up()
    return latest_snapshot()


def names(snapshot=None):
    with reading(snapshot=snapshot) as lake:
        return sorted(lake.table("products").name.to_pyarrow().to_pylist())


def test_spark_reads_what_holds_at_exactly_the_version_asked_for(teahouse, spark):
    first = put(teahouse, pot="Pot", cup="Cup")
    put(teahouse, pot="Large pot", tin="Tin")
    with transaction.atomic():
        cup = f"(SELECT {Product.objects.get(sku='cup').pk} AS id)"
        told = {"table": Product._meta.db_table, "mirror": "products", "rows": cup}
        remove_rows(**told, revision=next_revision())
    catch_up()
    assert names() == ["Large pot", "Tin"]
    assert names(first) == ["Cup", "Pot"]
    with reading() as lake:
        orders = lake.table("orders")
        assert orders.count().to_pyarrow().as_py() == 0
        assert orders.schema().to_pyarrow().field("occurred_at").type == pa.timestamp("us", "UTC")


def test_spark_opens_a_computed_table_that_was_made_anew_in_another_form(teahouse, spark):
    put(teahouse, pot="Pot")
    large, days = 2**53 + 1, (date(2025, 1, 1), date(2025, 1, 2))
    narrow = pa.table({"customer_id": pa.array([1, 2], pa.int32())})
    write_partition("counted", narrow, where={"brand_id": 1, "as_of": days[0]})
    wide = narrow.append_column("worth", pa.array([large, None], pa.int64()))
    write_partition("counted", wide, where={"brand_id": 1, "as_of": days[1]})
    with reading() as lake:
        rows = lake.computed("counted")
        found = rows.order_by("customer_id").to_pyarrow()
        assert found["worth"].to_pylist() == [large, None]
        assert found["as_of"].to_pylist() == [days[1], days[1]]
        write_partition("copied", rows.select("customer_id", "worth"), where={"brand_id": 1})
        assert lake.computed("copied").count().to_pyarrow().as_py() == 2


def test_what_the_engines_would_take_differently_they_answer_alike(teahouse, settings, spark):
    put(teahouse, pot="Pot")
    rows = pa.table({"id": pa.array(range(len(TEXTS)), pa.int32()), "text": TEXTS})
    write_partition("texts", rows, where={"brand_id": 1})
    spoken = _answers()
    settings.REGULARS_LAKE_ENGINE = "duckdb"
    told, summed = _answers()
    assert [
        [row.items() - other.items(), other.items() - row.items()]
        for row, other in zip(spoken[0], told, strict=True)
        if row != other
    ] == []
    assert spoken[1] == summed


def _answers():
    with reading() as lake:
        rows = lake.computed("texts")
        number = rows.text.try_cast("float64")
        odd = {
            "number": (number.abs() < 2000).ifelse(number, number.isnull().ifelse(None, -1)),
            "day": rows.text.nullif("-Infinity").try_cast("date"),
            "parts": rows.text.lower().re_replace(" *[/>] *", "/"),
            "month": ibis.literal(date(2025, 2, 28)).truncate("month"),
            "day_of_instant": ibis.literal(datetime(2025, 2, 3, 23, tzinfo=UTC)).date(),
        }
        odd |= {f"found{n}": rows.text.re_search(one) for n, one in enumerate(PATTERNS)}
        document = ibis.literal(DOCUMENT)
        for steps in (["a"], ["b c", "d"], ["n"], ["o"], ["t"], ["z"], ["a", "b"], ["none"]):
            odd["json " + ".".join(steps)] = text_in_json(document, *steps)
        told = rows.select("id", **odd).order_by("id").to_pyarrow()
        summed = rows.aggregate(
            none=rows.count(where=rows.text == "none"),
            never=rows.count(where=ibis.null("boolean")),
            middle=number.median(where=number.between(0, 2000)),
            known=number.notnull().sum(),
        )
        return told.to_pylist(), summed.to_pyarrow().to_pylist()


def test_what_is_missing_is_said_in_a_sentence(teahouse, settings, spark, monkeypatch):
    put(teahouse, pot="Pot")
    monkeypatch.setattr(session, "_started", [])
    settings.REGULARS_SPARK = f"spark://127.0.0.1:{_nobodys_port()}"
    assert "correct the address" in lake_status().engine.trouble
    with pytest.raises(EngineUnavailable, match="Nobody answers at spark://"), reading():
        pass
    monkeypatch.setattr(session, "find_spec", lambda name: None)
    with pytest.raises(EngineUnavailable, match="bin/setup --spark"), reading():
        pass
    settings.REGULARS_LAKE_ENGINE = "duckdb"
    assert names() == ["Pot"]
    assert (lake_status().engine.name, lake_status().engine.trouble) == ("duckdb", "")


def _nobodys_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]
