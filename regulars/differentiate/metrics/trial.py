"""Try other thresholds: how the board would look, before anything is changed."""

from dataclasses import dataclass

from regulars.differentiate.metrics.cells import CELLS, Lines, lines_of
from regulars.differentiate.metrics.filters import EVERYBODY, chosen
from regulars.differentiate.metrics.judgement import DUE, OVERDUE, due_state, leaving
from regulars.differentiate.metrics.limits import Limits, Window
from regulars.differentiate.metrics.summary import Summary
from regulars.lake.public import reading
from regulars.organization.public import Brand


@dataclass(frozen=True, kw_only=True)
class Trial:
    """People by cell, and who would be expected, by lines that nobody has drawn yet."""

    window: Window
    lines: Lines
    cells: dict[str, int]
    leaving: int
    due: int
    overdue: int


def trial(*, brand: Brand, summary: Summary, limits: Limits) -> Trial:
    """Judge the customers of a day by other limits. Raises NeverMirrored, NotInTheLake."""
    window = limits.window_in(summary.rhythm)
    lines = lines_of(limits, window)
    with reading() as lake:
        rows = chosen(
            lake, brand_id=brand.pk, as_of=summary.as_of, filters=EVERYBODY, branch_ids=None
        )
        judged = rows.select(
            cell=lines.cell(rows.recency_days, rows.visits),
            leaving=leaving(rows.recency_days, limits, window),
            due=due_state(rows.due_in_days, limits),
        )
        counted = judged.group_by("cell").agg(
            people=judged.count(),
            leaving=judged.leaving.sum(),
            due=judged.count(where=judged.due == DUE),
            overdue=judged.count(where=judged.due == OVERDUE),
        )
        found = counted.to_pyarrow().to_pylist()
    return Trial(
        window=window,
        lines=lines,
        cells=dict.fromkeys(CELLS, 0) | {row["cell"]: row["people"] for row in found},
        **{name: sum(row[name] for row in found) for name in ("leaving", "due", "overdue")},
    )


def trial_now(summary: Summary) -> Trial:
    """Return the same of the thresholds by which the day was judged."""
    crowd = summary.crowd
    return Trial(
        window=summary.window,
        lines=lines_of(summary.limits, summary.window),
        cells={cell: group.people for cell, group in crowd.cells.items()},
        leaving=crowd.leaving.people,
        due=crowd.expected(DUE).people,
        overdue=crowd.expected(OVERDUE).people,
    )
