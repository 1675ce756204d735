"""Put a tree together into one expression over the people of a brand."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from regulars.differentiate.segments.family import Condition
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.tree import Match, Node, conditions_of

if TYPE_CHECKING:
    import ibis


def condition_of(node: Node, ground: Ground) -> "ibis.Value":
    """Return whether a tree holds, for each person of the ground; true or false, never null."""
    if isinstance(node, Condition):
        return node.about.holds(node.family.measure(node, ground), ground.day)
    return _joined(node.match, [condition_of(inner, ground) for inner in node.nodes])


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a condition found about somebody."""

    value: object
    holds: bool


def answers(node: Node, ground: Ground) -> dict[int, list[Answered]]:
    """Return what each condition found about each person of the ground, in the tree's order."""
    conditions = list(conditions_of(node))

    def columns() -> dict[str, "ibis.Value"]:
        found: dict[str, ibis.Value] = {}
        for nth, condition in enumerate(conditions):
            value = condition.family.measure(condition, ground)
            found |= {f"value{nth}": value, f"holds{nth}": condition.about.holds(value, ground.day)}
        return found

    rows = ground.lay(columns).to_pyarrow().to_pylist()
    return {
        row["customer_id"]: [
            Answered(value=row[f"value{nth}"], holds=row[f"holds{nth}"])
            for nth in range(len(conditions))
        ]
        for row in rows
    }


def holds_together(match: Match, found: Sequence[bool]) -> bool:
    """Say whether a group holds, given whether each of its nodes does."""
    if match == Match.ALL:
        return all(found)
    return any(found) if match == Match.ANY else not any(found)


def _joined(match: Match, found: Sequence["ibis.Value"]) -> "ibis.Value":
    if match == Match.ALL:
        return reduce(and_, found)
    either = reduce(or_, found)
    return either if match == Match.ANY else ~either
