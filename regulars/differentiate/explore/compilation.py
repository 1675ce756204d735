"""Turn a question into one expression: for each table it needs, a sum; all of them side by side.

Every figure is taken from a table with one row for each thing it counts, so that no join can count
a thing twice. Tables are joined only after they have been summed up.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from regulars.differentiate.explore.dimension import OTHERS, UNKNOWN, Dimension
from regulars.differentiate.explore.grains import GRAINS, About, Grain
from regulars.differentiate.explore.measure import Part
from regulars.differentiate.explore.period import Span
from regulars.differentiate.explore.question import Condition, Question
from regulars.differentiate.explore.scope import Scope
from regulars.differentiate.explore.wrong import NotAQuestion

if TYPE_CHECKING:
    import ibis

NOW, BEFORE = 0, 1
ROW, WHOLE = 0, 1
Leaders = Mapping[int, "ibis.Table"]


def compiled(question: Question, scope: Scope, *, limit: int) -> "ibis.Table":
    """Return one row for each combination of values, and one of ``level`` 1 for the whole.

    Columns are ``level``, ``by_0`` and ``by_1`` as text, one for each measure, and one that ends in
    ``_before`` for the same in the period before. At most ``limit`` rows, the largest.
    """
    parts = _parts(question)
    now = question.period.span(as_of=scope.facts.as_of)
    spans = {NOW: now}
    if question.compare:
        spans[BEFORE] = question.period.before(as_of=scope.facts.as_of)
    leaders = _leaders(question, scope)
    sums = [
        _padded(table, parts, question, when)
        for when, span in spans.items()
        for grain, told in _by_grain(parts, question, whole=now is None).items()
        if when == NOW or (span is not None and About.DAY in GRAINS[grain].about)
        for table in _sums(View(question, scope, GRAINS[grain], span, now), told, leaders)
    ]
    whole = reduce(lambda one, other: one.union(other), sums)
    figures = _figures(whole, question, parts)
    largest = figures[question.measures[0].key].desc(nulls_first=False)
    names = [figures[name] for name in _by(question)]
    return figures.order_by([figures.level.desc(), largest, *names]).limit(limit + 2)


@dataclass(frozen=True, slots=True)
class View:
    """One table seen over one span; ``now`` is the span to which days are moved."""

    question: Question
    scope: Scope
    grain: Grain
    span: Span | None
    now: Span | None

    def rows(self, of_product: Collection[str] = ()) -> "ibis.Table":
        """Return the table's rows within the span and the conditions, with what they are by, and
        with columns of their products.
        """
        scope = replace(self.scope, since=self.span.first_on if self.span else None)
        table = self._within(self.grain.table(scope, self.question.needed))
        columns = dict(zip(_by(self.question), self.question.by, strict=True))
        where = {f"where_{at}": one for at, one in enumerate(self.question.where)}
        columns |= {name: one.dimension for name, one in where.items()}
        table = self._with(table, columns, of_product)
        for name, one in where.items():
            table = table.filter(_holds(table[name], one))
        return table

    def _within(self, table: "ibis.Table") -> "ibis.Table":
        span = self.span
        if span is None or About.DAY not in self.grain.about:
            return table
        table = table.filter(table.day.between(span.first_on, span.last_on))
        if self.now is None or span is self.now:
            return table
        return table.mutate(day=_moved(table.day, self.now))

    def _with(
        self, table: "ibis.Table", columns: Mapping[str, Dimension], of_product: Collection[str]
    ) -> "ibis.Table":
        """Read customers and products once each, before they are joined to what they bought."""
        for about, key in (("customer", "customer_id"), ("product", "product_id")):
            theirs = {n: d for n, d in columns.items() if d.about == about}
            beside = of_product if about == "product" else ()
            if (theirs or beside) and not (self.grain.of_people and about == "customer"):
                read = self.scope.people if about == "customer" else self.scope.products
                named = {name: one.column(read, self.scope) for name, one in theirs.items()}
                told = read.select(*beside, joined=read[key], **named)
                table = table.left_join(told, table[key] == told.joined).drop("joined")
                columns = {n: d for n, d in columns.items() if n not in theirs}
        return table.mutate(**{n: d.column(table, self.scope) for n, d in columns.items()})


def _parts(question: Question) -> dict[str, Part]:
    return {part.name: part for measure in question.measures for part in measure.parts}


def _by(question: Question) -> list[str]:
    return [f"by_{at}" for at in range(len(question.by))]


def _by_grain(
    parts: Mapping[str, Part], question: Question, *, whole: bool
) -> dict[str, dict[str, Part]]:
    """Tell from which table each part is taken."""
    found: dict[str, dict[str, Part]] = {}
    for name, part in parts.items():
        grain = part.grain_for(question.needed, whole=whole)
        if grain is None:
            raise NotAQuestion(name, "cannot be split and narrowed like this")
        found.setdefault(grain, {})[name] = part
    return found


def _sums(look: View, told: Mapping[str, Part], leaders: Leaders) -> Iterator["ibis.Table"]:
    """Sum up a table by what the question is by, and as a whole."""
    by, grain = _by(look.question), next(k for k, v in GRAINS.items() if v is look.grain)
    aggregates = {name: part.by_grain[grain] for name, part in told.items()}
    rows = look.rows(sorted({name for one in aggregates.values() for name in one.of_product}))
    add_up = all(one.adds_up for one in aggregates.values())
    if leaders and not add_up:
        rows = _with_others(_as_text(rows, by), leaders)
    figures = {name: one.over(rows) for name, one in aggregates.items()}
    grouped = _as_text(rows.group_by(by).agg(**figures), by) if by else None
    if grouped is None:
        yield rows.agg(**figures).mutate(level=WHOLE)
        return
    if leaders and add_up:
        grouped = _with_others(grouped, leaders)
        grouped = grouped.group_by(by).agg(**{name: grouped[name].sum() for name in told})
    yield grouped.mutate(level=ROW)
    whole = {name: grouped[name].sum().fill_null(0.0) for name in told} if add_up else figures
    yield (grouped if add_up else rows).agg(**whole).mutate(level=WHOLE)


def _leaders(question: Question, scope: Scope) -> Leaders:
    """Find the largest values of each dimension that has no order of its own."""
    if question.top is None:
        return {}
    free = {at: one for at, one in enumerate(question.by) if not one.in_order}
    return {at: _largest(question, one, question.top, scope) for at, one in free.items()}


def _largest(question: Question, dimension: Dimension, top: int, scope: Scope) -> "ibis.Table":
    first = question.measures[:1]
    alone = replace(question, measures=first, by=(dimension,), top=None, compare=False)
    each = compiled(alone, scope, limit=top + 1)  # the whole and the unknown may be among them
    known = each.filter(each.level == ROW, each.by_0 != UNKNOWN)
    largest = known[first[0].key].desc(nulls_first=False)
    return known.order_by([largest, known.by_0]).limit(top).select(leader="by_0")


def _with_others(table: "ibis.Table", leaders: Leaders) -> "ibis.Table":
    for at, largest in leaders.items():
        name = f"by_{at}"
        joined = table.left_join(largest, table[name] == largest.leader)
        kept = (joined[name] == UNKNOWN) | joined.leader.notnull()
        table = joined.mutate(**{name: kept.ifelse(joined[name], OTHERS)}).drop("leader")
    return table


def _as_text(table: "ibis.Table", by: Iterable[str]) -> "ibis.Table":
    return table.mutate(**{name: table[name].cast("string").fill_null(UNKNOWN) for name in by})


def _holds(column: "ibis.Column", condition: Condition) -> "ibis.Value":
    known = [condition.dimension.read(value) for value in condition.values if value != UNKNOWN]
    holds = column.isin(known).fill_null(False) if known else column.isnull()  # noqa: FBT003
    if UNKNOWN in condition.values and known:
        holds = holds | column.isnull()
    return ~holds if condition.excluded else holds


def _moved(day: "ibis.Column", now: Span) -> "ibis.Column":
    """Move the days of the period before to their place in this one."""
    import ibis

    step = ibis.interval(months=now.months) if now.months else ibis.interval(days=now.days)
    return (day + step).cast("timestamp").cast("date")


def _padded(
    table: "ibis.Table", parts: Mapping[str, Part], question: Question, when: int
) -> "ibis.Table":
    """Give a table the columns of all the others, so that they can stand under each other."""
    import ibis

    nothing = ibis.literal(None, type="float64")
    missing = {name: nothing for name in parts if name not in table.columns}
    nameless = {name: ibis.literal(UNKNOWN) for name in _by(question) if name not in table.columns}
    table = table.mutate(**missing, **nameless, moment=ibis.literal(when))
    level = table.level.cast("int8")
    return table.select(*_by(question), *parts, "moment", level=level)


class _Moment:
    """The parts at one of the two moments, by their names."""

    def __init__(self, table: "ibis.Table", suffix: str) -> None:
        self._table, self._suffix = table, suffix

    def __getitem__(self, name: str) -> "ibis.Column":
        return self._table[name + self._suffix]

    __getattr__ = __getitem__


def _figures(whole: "ibis.Table", question: Question, parts: Mapping[str, Part]) -> "ibis.Table":
    by = _by(question)
    moments = {"": NOW, "_before": BEFORE} if question.compare else {"": NOW}
    figures = {
        name + suffix: whole[name].max(where=whole.moment == moment).fill_null(0.0)
        for suffix, moment in moments.items()
        for name in parts
    }
    table = whole.group_by(["level", *by]).agg(**figures)
    measured: dict[str, Any] = {}
    for suffix in moments:
        moment: Any = _Moment(table, suffix)
        for measure in question.measures:
            known = not suffix or not measure.of_people
            value = measure.value(moment).cast("float64") if known else None
            measured[measure.key + suffix] = value
    return table.select("level", *by, **measured)
