"""Answer a question from the newest state of the lake, and say of which."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from regulars.differentiate.explore.compilation import WHOLE, compiled
from regulars.differentiate.explore.dimension import OTHERS, UNKNOWN, Dimension
from regulars.differentiate.explore.question import Question
from regulars.differentiate.explore.scope import Scope
from regulars.differentiate.metrics.public import MetricRun, facts_of, standpoint_of
from regulars.lake.public import NeverMirrored, NotInTheLake, Reading, reading
from regulars.organization.public import Branches, Brand

if TYPE_CHECKING:
    import ibis

MOST_ROWS = 5_000


class NothingCounted(Exception):
    """No metrics of the brand have been computed yet, so that there is no day to look from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The figures of one combination of values: by measure, and in the period before.

    Money is in minor units, None is unknown. ``keys`` are in the order of the question's
    dimensions; "" is unknown, ``OTHERS`` all that are not among the largest.
    """

    keys: tuple[str, ...]
    figures: Mapping[str, float | None]
    before: Mapping[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All rows in the order to be shown, the whole, and what they were read from."""

    question: Question
    rows: tuple[Row, ...]
    whole: Row
    as_of: date
    revision: int
    read_at: datetime
    seconds: float
    cut_off: bool


def answer(
    question: Question,
    *,
    brand: Brand,
    branch_ids: Branches,
    now: datetime,
    most: int = MOST_ROWS,
) -> Answer:
    """Answer a question about a brand, as far as the person who asks may see.

    It looks from the newest day with metrics, up to the brand's standpoint. At most ``most`` rows;
    ``cut_off`` says that there were more. Raises NothingCounted.
    """
    began = time.perf_counter()
    try:
        with reading() as lake:
            scope = scope_in(lake, brand=brand, branch_ids=branch_ids, now=now)
            found = rows_of(compiled(question, scope, limit=most), question)
    except (NeverMirrored, NotInTheLake) as error:
        raise NothingCounted(brand.slug) from error
    whole = next((row for level, row in found if level == WHOLE), _nothing(question))
    rows = [row for level, row in found if level != WHOLE]
    return Answer(
        question=question,
        rows=tuple(_in_order(rows[:most], question)),
        whole=whole,
        as_of=scope.facts.as_of,
        revision=lake.snapshot.revision,
        read_at=lake.snapshot.at,
        seconds=round(time.perf_counter() - began, 3),
        cut_off=len(rows) > most,
    )


def scope_in(lake: Reading, *, brand: Brand, branch_ids: Branches, now: datetime) -> Scope:
    """Narrow the lake to a brand, to its newest day with metrics, and to some home branches.

    Raises NothingCounted.
    """
    runs = MetricRun.objects.filter(brand=brand, as_of_on__lte=standpoint_of(brand, now=now))
    day = runs.order_by("-as_of_on").values_list("as_of_on", flat=True).first()
    if day is None:
        raise NothingCounted(brand.slug)
    facts = facts_of(lake, brand=brand, as_of=day)
    return Scope(facts=facts, kept=lake, branch_ids=branch_ids)


def rows_of(table: "ibis.Table", question: Question) -> list[tuple[int, Row]]:
    """Run a compiled question."""
    found: list[dict[str, Any]] = table.to_pyarrow().to_pylist()
    return [(told["level"], _row(told, question)) for told in found]


def _row(told: Mapping[str, Any], question: Question) -> Row:
    keys = tuple(told[f"by_{at}"] for at in range(len(question.by)))
    names = [measure.key for measure in question.measures]
    before = {name: _rounded(told.get(f"{name}_before")) for name in names}
    return Row(keys=keys, figures={name: _rounded(told[name]) for name in names}, before=before)


def _rounded(figure: float | None) -> float | None:
    """Leave out what adding up in another order would change."""
    return None if figure is None else round(figure, 6) + 0.0


def _nothing(question: Question) -> Row:
    nothing = {measure.key: None for measure in question.measures}
    return Row(keys=(UNKNOWN,) * len(question.by), figures=nothing, before=nothing)


def _in_order(rows: list[Row], question: Question) -> list[Row]:
    """Put rows in the order of their dimensions, or the largest first; others and unknown last."""
    first = question.measures[0].key
    weights: list[dict[str, float]] = [{} for _ in question.by]
    for row in rows:
        for at, key in enumerate(row.keys):
            weights[at][key] = weights[at].get(key, 0.0) + (row.figures[first] or 0.0)

    def place(row: Row) -> list[Any]:
        return [
            _place(key, dimension, weights[at])
            for at, (key, dimension) in enumerate(zip(row.keys, question.by, strict=True))
        ]

    return sorted(rows, key=place)


def _place(key: str, dimension: Dimension, weight: Mapping[str, float]) -> tuple[Any, ...]:
    last = {OTHERS: 1, UNKNOWN: 2}.get(key, 0)
    if last:
        return (last, 0, 0, "")
    if not dimension.in_order:
        return (0, -weight[key], 0, key)
    listed = dimension.every.index(key) if key in dimension.every else len(dimension.every)
    return (0, listed, _number(key), key)


def _number(key: str) -> float:
    """Read a value as a number, so that ten comes after nine."""
    try:
        return float(key)
    except ValueError:
        return 0.0
