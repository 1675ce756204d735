"""Explore at a million customers and ten million orders: about a second, beside bare DuckDB."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import ibis

from bench.databases import installation
from bench.figures import Figure, clock

SIZES = {"small": 20_000, "full": 1_000_000}
AS_OF, TARGET = date(2025, 12, 31), 1.0
TABLES = ("customers", "products", "orders", "lines", "refunds", "refund_lines", "refund_matches")
YEAR = {"last": 12, "unit": "month"}
QUESTIONS = {
    "net revenue and orders by month, a year": {
        "measures": ["net_revenue", "orders"], "by": ["month"], "period": YEAR,
    },
    "customers and visits by cell": {"measures": ["customers", "visits"], "by": ["cell"]},
    "net revenue by city, top 10": {"measures": ["net_revenue"], "by": ["city"], "top": 10},
    "units and net revenue by category": {
        "measures": ["units", "net_revenue"], "by": ["category"], "period": YEAR,
    },
    "customers by month, a year": {"measures": ["customers"], "by": ["month"], "period": YEAR},
}  # fmt: skip
BARE = {
    "net revenue and orders by month, a year": """
        SELECT date_trunc('month', placed_on), sum(net_minor::DOUBLE), count(*) FROM orders
        WHERE placed_on BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY 1""",
    "net revenue by city, top 10": """
        SELECT city, sum(net_minor::DOUBLE) FROM orders LEFT JOIN customers c ON c.id = customer_id
        GROUP BY 1 ORDER BY 2 DESC LIMIT 10""",
    "units and net revenue by category": """
        SELECT category, sum(quantity), sum(amount_minor::DOUBLE)
        FROM lines LEFT JOIN products p ON p.id = product_id
        WHERE placed_on BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY 1""",
    "customers by month, a year": """
        SELECT date_trunc('month', placed_on), count(DISTINCT customer_id) FROM orders
        WHERE placed_on BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY 1""",
}


def measure(*, size: str) -> list[Figure]:
    with installation() as place:
        os.environ.update(place.environment, DJANGO_SETTINGS_MODULE="regulars.config.settings")
        import django

        django.setup()
        return asked(_simulated(place, SIZES[size]))


def asked(lake) -> list[Figure]:
    """Ask all questions of files in the shape of the lake."""
    connection = ibis.duckdb.connect(memory_limit="4GB", preserve_insertion_order=False)
    for name in TABLES:
        connection.raw_sql(f"CREATE VIEW {name} AS FROM read_parquet('{lake / name}.parquet')")
    _keep_metrics(connection)
    found = [_figure(name, told, connection) for name, told in QUESTIONS.items()]
    connection.disconnect()
    return found


def _simulated(place, people):
    to = Path(place.folder) / "shop"
    place.regulars(
        "simulate", "--brand", "plain", "--size", str(people), "--until", "2026-01-01",
        "--to", str(to), "--lake",
    )  # fmt: skip
    return to / "lake"


def _figure(name, told, connection):
    ours = min(_ours(told, connection) for _ in range(2))
    bare = min(_bare(BARE[name], connection) for _ in range(2)) if name in BARE else None
    return Figure(
        claim=f"D12 {name}", figure=ours, unit="s", target="about a second",
        peer=f"bare DuckDB {bare:.2f} s" if bare else "",
        ratio=ours / bare if bare else None, met=ours <= 1.5 * TARGET,
    )  # fmt: skip


def _bare(sql, connection):
    with clock() as watch:
        connection.raw_sql(sql).fetchall()
    return watch.seconds


def _ours(told, connection):
    """From the question to its rows; the metrics it stands on are kept, as they are in a shop."""
    from regulars.differentiate.explore.answering import rows_of
    from regulars.differentiate.explore.catalogue import common_dimensions, measures
    from regulars.differentiate.explore.compilation import compiled
    from regulars.differentiate.explore.period import period_from
    from regulars.differentiate.explore.question import Question

    question = Question(
        measures=tuple(measures()[name] for name in told["measures"]),
        by=tuple(common_dimensions()[name] for name in told["by"]),
        period=period_from(told.get("period")),
        top=told.get("top"),
    )
    scope = _scope(connection)
    with clock() as watch:
        rows_of(compiled(question, scope, limit=5_000), question)
    return watch.seconds


def _keep_metrics(connection):
    from regulars.differentiate.metrics.limits import DEFAULTS
    from regulars.differentiate.metrics.measuring import measured

    facts = _facts(connection)
    with measured(facts, limits=DEFAULTS, currency="EUR") as found:
        rows = found.customers.mutate(
            brand_id=ibis.literal(facts.brand_id).cast("int32"), as_of=ibis.literal(AS_OF)
        )
        connection.create_table("customer_metrics", rows.to_pyarrow())


def _scope(connection):
    from regulars.differentiate.explore.scope import Scope

    return Scope(facts=_facts(connection), kept=_Kept(connection))


def _facts(connection):
    from regulars.differentiate.metrics.facts import Facts

    brand = int(connection.table("customers").limit(1).to_pyarrow()["brand_id"][0].as_py())
    ends_at = datetime(2026, 1, 1, tzinfo=UTC)
    return Facts(source=connection, brand_id=brand, as_of=AS_OF, ends_at=ends_at)


class _Kept:
    def __init__(self, connection):
        self.table = self.computed = connection.table
