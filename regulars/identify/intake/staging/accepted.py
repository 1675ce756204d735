"""Show as ``st`` what is accepted of a staging file: everything but numbers that are taken."""

from collections.abc import Iterable

import pyarrow as pa

from regulars.lake.public import Workbench

Number = tuple[str, bool]
FILE = "staging_file"
# Who and what is named by nothing that is left, is left out, too.
_ACCEPTED = {
    "purchase": "number NOT IN (SELECT number FROM taken WHERE NOT given_back)",
    "sold": "ordinal IN (SELECT ordinal FROM st.purchase)",
    "refund": "number NOT IN (SELECT number FROM taken WHERE given_back)",
    "given_back": "ordinal IN (SELECT ordinal FROM st.refund)",
    "profile": "person IN (SELECT person FROM st.purchase UNION SELECT person FROM st.refund)",
    "product": "sku IN (SELECT sku FROM st.sold UNION SELECT sku FROM st.given_back)",
}


def show_staged(db: Workbench) -> None:
    """Make the views of ``st``: all there is in the staging file, which is attached as FILE."""
    db.execute("CREATE SCHEMA st")
    db.execute("CREATE TABLE taken (number VARCHAR, given_back BOOLEAN)")
    found = db.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ?", [FILE]
    ).fetchall()
    for (table,) in found:
        db.execute(f"CREATE VIEW st.{table} AS SELECT * FROM {FILE}.{table}")  # noqa: S608


def leave_out(db: Workbench, numbers: Iterable[Number]) -> None:
    """Leave orders (False) and refunds (True) out of ``st``, and what only they brought along.

    A refund goes with the order of the same number.
    """
    told = set(numbers)
    if not told:
        return
    rows = pa.table(
        {
            "number": pa.array([number for number, _ in told], pa.string()),
            "given_back": pa.array([back for _, back in told], pa.bool_()),
        }
    )
    db.register("incoming", rows)
    db.execute("INSERT INTO taken SELECT * FROM incoming UNION SELECT number, true FROM incoming")
    db.unregister("incoming")
    for table, condition in _ACCEPTED.items():
        db.execute(
            f"CREATE OR REPLACE VIEW st.{table} AS SELECT * FROM {FILE}.{table} WHERE {condition}"  # noqa: S608
        )


def any_left_out(db: Workbench) -> bool:
    return db.execute("SELECT 1 FROM taken LIMIT 1").fetchone() is not None
