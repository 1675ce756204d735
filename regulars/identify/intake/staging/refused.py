"""Keep refused rows as they were, beside why."""

from collections.abc import Sequence
from pathlib import Path

from regulars.lake.public import Workbench

_KEEP = """
    CREATE OR REPLACE TABLE st.refused AS
    SELECT reject.row_no, reject.reason, reject.detail, raw.cells
    FROM st.reject AS reject JOIN (SELECT row_no, <cells> AS cells FROM raw) AS raw USING (row_no)
    UNION ALL
    SELECT row_no, reason, NULL, cells FROM broken ORDER BY row_no
"""

_TAKEN = """
    INSERT INTO all_refused
    SELECT raw.row_no, reason, number, raw.cells
    FROM (SELECT row_no, min(reason) AS reason, any_value(number) AS number
          FROM st.origin JOIN taken AS told USING (number, given_back) GROUP BY row_no)
    JOIN (SELECT row_no, <cells> AS cells FROM raw) AS raw USING (row_no)
"""


_COUNT_TAKEN = """
    SELECT reason, count(*) FROM all_refused
    WHERE reason IN (SELECT reason FROM st.origin) GROUP BY reason
"""


def keep_refused(db: Workbench, columns: Sequence[str]) -> None:
    """Make ``st.refused`` of ``st.reject``, ``raw`` and ``broken``."""
    db.execute(_KEEP.replace("<cells>", cells(columns)))


def cells(columns: Sequence[str]) -> str:
    return "[" + ", ".join(f"c{place}" for place in range(1, len(columns) + 1)) + "]"


def begin_refused(db: Workbench) -> None:
    db.execute("CREATE OR REPLACE TABLE all_refused AS SELECT * FROM st.refused")


def add_taken(db: Workbench, columns: Sequence[str]) -> dict[str, int]:
    """Add the rows of the orders and refunds in ``taken``; ``raw`` must be there again.

    Return how many they are, by reason.
    """
    db.execute(_TAKEN.replace("<cells>", cells(columns)))
    return dict(db.execute(_COUNT_TAKEN).fetchall())


def write_refused(db: Workbench, to: Path) -> None:
    """Write ``all_refused`` in the order of the file."""
    half = to.with_suffix(".half")
    name = str(half).replace("'", "''")
    db.execute(f"COPY (SELECT * FROM all_refused ORDER BY row_no) TO '{name}' (FORMAT parquet)")  # noqa: S608
    half.rename(to)
