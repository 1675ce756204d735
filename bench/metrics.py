"""All metrics of a million customers with ten million orders, against bare DuckDB and pandas."""

import os
import resource
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import ibis
import pyarrow.parquet as pq

from bench.databases import installation
from bench.figures import Figure, clock, slope
from bench.in_pandas import measure_in_pandas

SIZES = {"small": [10_000, 50_000], "full": [10_000, 100_000, 1_000_000]}
AS_OF, BEFORE = date(2025, 12, 31), date(2025, 11, 30)
READ = ("customers", "orders", "refunds", "refund_lines", "refund_matches")
MOST_OVER_BARE, LEAST_OVER_PANDAS = 3.0, 5.0

# Recency, frequency as days with orders worth something, monetary; and a score of each. It matches
# no refund, joins no alias, looks at no month before, finds no rhythm and keeps nothing.
BARE = """
    CREATE OR REPLACE TEMP TABLE scored AS
    WITH days AS (
        SELECT customer_id, placed_on, sum(net_minor) AS worth FROM read_parquet('{orders}')
        WHERE customer_id IS NOT NULL GROUP BY 1, 2
    ), people AS (
        SELECT customer_id, max(placed_on) AS last_on, count(*) AS visits, sum(worth) AS net
        FROM days WHERE worth > 0 GROUP BY 1
    )
    SELECT *, ntile(5) OVER (ORDER BY last_on) AS r, ntile(5) OVER (ORDER BY visits) AS f,
        ntile(5) OVER (ORDER BY net) AS m
    FROM people
"""


def measure(*, size: str) -> list[Figure]:
    with installation() as place:
        os.environ.update(place.environment, DJANGO_SETTINGS_MODULE="regulars.config.settings")
        import django

        django.setup()
        rows = [_at(place, people) for people in SIZES[size]]
    people, orders, ours, bare, pandas = rows[-1]
    named = f"{people:,} customers, {orders:,} orders"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576
    return [
        Figure(
            claim=f"S4 all metrics, {named}", figure=ours, unit="s", target="≤ 3 × bare DuckDB",
            peer=f"bare DuckDB RFM {bare:.2f} s", ratio=ours / bare,
            met=ours <= MOST_OVER_BARE * bare,
        ),
        Figure(
            claim=f"S4 against pandas, {named}", figure=ours, unit="s", target="≥ 5 × faster",
            peer=f"pandas {pandas:.1f} s", ratio=pandas / ours,
            met=pandas >= LEAST_OVER_PANDAS * ours,
        ),
        Figure(claim="S4 memory of the whole run, pandas included", figure=memory, unit="GB"),
        Figure(
            claim="S11 metrics, cost per order, last size over first",
            figure=slope([row[1] for row in rows], [row[2] for row in rows]), unit="×",
            target="≤ 1.2", met=slope([row[1] for row in rows], [row[2] for row in rows]) <= 1.2,
        ),
    ]  # fmt: skip


def _at(place, people):
    to = Path(place.folder) / f"shop-{people}"
    place.regulars(
        "simulate", "--brand", "plain", "--size", str(people), "--until", "2026-01-01",
        "--to", str(to), "--lake",
    )  # fmt: skip
    lake = to / "lake"
    orders = pq.read_metadata(lake / "orders.parquet").num_rows
    bare = min(_bare(lake) for _ in range(2))
    ours, cells = min(_ours(lake) for _ in range(2))
    return people, orders, ours, bare, _pandas(lake, cells)


def _bare(lake):
    with duckdb.connect(config={"memory_limit": "4GB"}) as connection:
        connection.execute("SET preserve_insertion_order = false")
        with clock() as watch:
            connection.execute(BARE.format(orders=lake / "orders.parquet"))
    return watch.seconds


def _ours(lake):
    """Everything: also cohorts, days, movement, rhythm, summary, and the files that are kept."""
    from regulars.differentiate.metrics.facts import Facts
    from regulars.differentiate.metrics.limits import DEFAULTS
    from regulars.differentiate.metrics.measuring import measured

    connection = ibis.duckdb.connect(memory_limit="4GB", preserve_insertion_order=False)
    for name in READ:
        connection.raw_sql(f"CREATE VIEW {name} AS FROM read_parquet('{lake / name}.parquet')")
    brand = int(connection.table("customers").limit(1).to_pyarrow()["brand_id"][0].as_py())
    ends_at = datetime(2026, 1, 1, tzinfo=UTC)
    facts = Facts(source=connection, brand_id=brand, as_of=AS_OF, ends_at=ends_at)
    with (
        tempfile.TemporaryDirectory() as folder,
        clock() as watch,
        measured(facts, limits=DEFAULTS, currency="EUR") as found,
    ):
        found.customers.to_parquet(f"{folder}/customers.parquet")
        found.cohorts.to_parquet(f"{folder}/cohorts.parquet")
        found.daily.to_parquet(f"{folder}/daily.parquet")
        found.summary.as_dict()
    cells = {cell: group.people for cell, group in found.summary.crowd.cells.items()}
    connection.disconnect()
    return watch.seconds, {cell: people for cell, people in cells.items() if people}


def _pandas(lake, cells):
    """The same figures in pandas; they must be the same, or there is nothing to compare."""
    with tempfile.TemporaryDirectory() as folder, clock() as watch:
        found = measure_in_pandas(lake, as_of=AS_OF, before=BEFORE, to=Path(folder))
    assert found == cells, (found, cells)
    return watch.seconds
