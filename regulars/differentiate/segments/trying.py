"""Try a tree before it is kept: what each of its nodes finds, whom, and who comes and goes."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from pyroaring import BitMap

from regulars.differentiate.segments.asking import at_home, ground_for, worth_known
from regulars.differentiate.segments.family import Condition
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.lot import lot_of
from regulars.differentiate.segments.problem import Path
from regulars.differentiate.segments.tree import Match, Node, conditions_of, read_tree
from regulars.organization.public import Branches, Brand

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

SAMPLE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Of how many people a node holds, and of how many what it asks about is unknown."""

    people: int
    everybody: int
    unknown: int = 0

    @property
    def percent(self) -> float:
        return 100 * self.people / self.everybody if self.everybody else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a tree finds: people of everybody, their worth of all worth, some of them, by node.

    Worth is None when it is not computed yet. ``sample`` are numbers drawn by lot, always the same.
    """

    people: BitMap
    everybody: int
    net_minor: int | None
    net_of_all_minor: int | None
    nodes: Mapping[Path, Weighed]
    sample: tuple[int, ...]
    as_of: date
    facts_at: datetime
    seconds: float


def try_tree(
    *, tree: Mapping[str, Any], brand: Brand, now: datetime, branch_ids: Branches = None
) -> Tried:
    """Find the people of a tree and what each node holds of, in one question.

    Raises NotATree, NeverMirrored, NotMeasured, NotInTheLake.
    """
    began = time.perf_counter()
    node = read_tree(tree, brand=brand)
    with ground_for(brand, now=now) as (ground, facts_at):
        worth = worth_known(ground)
        laid = at_home(ground.lay(lambda: _columns(node, ground, worth=worth)), branch_ids)
        table = laid.drop("branch_id").to_pyarrow()
    weights: dict[Path, Weighed] = {}
    inside = _weigh(node, _Answers(table, node), weights)
    numbers = table["customer_id"].to_numpy()
    net = table["net"].to_numpy() if worth else None
    return Tried(
        people=BitMap(numbers[inside]),
        everybody=len(numbers),
        net_minor=None if net is None else _sum(net[inside]),
        net_of_all_minor=None if net is None else _sum(net),
        nodes=weights,
        sample=_drawn(numbers[inside]),
        as_of=ground.day,
        facts_at=facts_at,
        seconds=time.perf_counter() - began,
    )


def _columns(node: Node, ground: Ground, *, worth: bool) -> dict[str, "ibis.Value"]:
    found: dict[str, ibis.Value] = {}
    for nth, condition in enumerate(conditions_of(node)):
        value = condition.family.measure(condition, ground)
        found[f"holds{nth}"] = condition.about.holds(value, ground.day)
        found[f"unknown{nth}"] = value.isnull()
    if worth:
        net = ground.beside("metrics", "net_minor", lambda: ground.metrics)
        found["net"] = net.cast("float64").fill_null(0.0)
    return found


class _Answers:
    """The columns of the conditions of a tree."""

    def __init__(self, table: "pa.Table", node: Node) -> None:
        self._table = table
        self._places = {id(one): nth for nth, one in enumerate(conditions_of(node))}

    def holds(self, condition: Condition) -> Any:
        return self._column(f"holds{self._places[id(condition)]}")

    def unknown(self, condition: Condition) -> int:
        return int(self._column(f"unknown{self._places[id(condition)]}").sum())

    def _column(self, name: str) -> Any:
        return self._table[name].to_numpy().astype(bool)


def _weigh(node: Node, answers: _Answers, weights: dict[Path, Weighed]) -> Any:
    if isinstance(node, Condition):
        found = answers.holds(node)
        weights[node.path] = Weighed(
            people=int(found.sum()), everybody=len(found), unknown=answers.unknown(node)
        )
        return found
    inner = [_weigh(one, answers, weights) for one in node.nodes]
    joined = np.logical_and if node.match == Match.ALL else np.logical_or
    found = joined.reduce(inner)
    found = ~found if node.match == Match.NONE else found
    weights[node.path] = Weighed(people=int(found.sum()), everybody=len(found))
    return found


def _drawn(numbers: Any) -> tuple[int, ...]:
    """Return some of these people, the same as long as they are among them."""
    if not len(numbers):
        return ()
    lots = lot_of(numbers.astype(np.int64), "sample")
    first = np.argsort(lots, kind="stable")[:SAMPLE]
    return tuple(int(number) for number in numbers[first])


def _sum(amounts: Any) -> int:
    return round(float(amounts.sum()))
