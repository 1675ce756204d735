"""Ask who is in a segment: how many, who, and why."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pyroaring import BitMap

from regulars.differentiate.metrics.public import MetricRun, standpoint_of
from regulars.differentiate.segments.compiling import (
    Answered,
    answers,
    condition_of,
    holds_together,
)
from regulars.differentiate.segments.family import Condition
from regulars.differentiate.segments.ground import Ground, NotMeasured, Source
from regulars.differentiate.segments.lot import lot_of
from regulars.differentiate.segments.tree import Group, Match, Node, conditions_of, read_tree
from regulars.differentiate.segments.values import show_value
from regulars.differentiate.segments.wording import say_condition, sentence_of
from regulars.lake.public import reading
from regulars.organization.public import HIDDEN, Branches, Brand

if TYPE_CHECKING:
    import ibis

Tree = Node | Mapping[str, Any] | str
"""A tree as it was read, or as JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many people of how many, and what they are worth; None when that is not computed yet.

    ``facts_at`` is the state of the facts, ``as_of`` the day one looks from.
    """

    people: int
    everybody: int
    net_minor: int | None
    net_of_all_minor: int | None
    as_of: date
    facts_at: datetime
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A node as one person meets it: whether it holds, and for a condition what was found."""

    holds: bool
    match: Match | None = None
    phrase: str = ""
    found: str = ""
    nodes: tuple["Explained", ...] = ()


def count(*, tree: Tree, brand: Brand, now: datetime, branch_ids: Branches = None) -> Counted:
    """Count the people of a tree, and of them only those at home in some branches.

    Raises NotATree, NeverMirrored, NotMeasured.
    """
    node = node_of(tree, brand)
    with ground_for(brand, now=now) as (ground, facts_at):
        return count_on(node, ground, branch_ids=branch_ids, facts_at=facts_at)


def count_on(
    node: Node, ground: Ground, *, branch_ids: Branches = None, facts_at: datetime | None = None
) -> Counted:
    """Count the people of a tree on this ground, and sum what they are worth."""
    began = time.perf_counter()
    worth = worth_known(ground)
    people = at_home(ground.lay(lambda: _asked(node, ground, worth=worth)), branch_ids)
    wanted = {"people": people.holds.sum(), "everybody": people.count()}
    if worth:
        wanted |= {"net": people.net.sum(where=people.holds), "all_net": people.net.sum()}
    row = people.aggregate(**wanted).to_pyarrow().to_pylist()[0]
    return Counted(
        people=int(row["people"] or 0),
        everybody=int(row["everybody"]),
        net_minor=_whole(row.get("net")) if worth else None,
        net_of_all_minor=_whole(row.get("all_net")) if worth else None,
        as_of=ground.day,
        facts_at=facts_at or ground.ends_at,
        seconds=time.perf_counter() - began,
    )


def members(*, tree: Tree, brand: Brand, now: datetime, branch_ids: Branches = None) -> BitMap:
    """Return the numbers of the people of a tree. Raises NotATree, NeverMirrored, NotMeasured."""
    node = node_of(tree, brand)
    with ground_for(brand, now=now) as (ground, _facts_at):
        return members_on(node, ground, branch_ids=branch_ids)


def public_ids(
    *, tree: Tree, brand: Brand, now: datetime, branch_ids: Branches = None
) -> list[str]:
    """Return the public ids of the people of a tree, in the order of their numbers.

    Raises NotATree, NeverMirrored, NotMeasured.
    """
    node = node_of(tree, brand)
    with ground_for(brand, now=now) as (ground, _facts_at):
        wanted = lambda: {**_asked(node, ground), "public_id": ground.person.public_id}  # noqa: E731
        found = at_home(ground.lay(wanted), branch_ids)
        rows = found.filter(found.holds).order_by("customer_id").select("public_id").to_pyarrow()
        return [str(name) for name in rows["public_id"].to_pylist()]


def people_at(*, brand: Brand, branch_ids: Branches) -> BitMap | None:
    """Return the numbers of the people at home in some branches; None for everybody."""
    if branch_ids is None:
        return None
    with reading() as lake:
        people = lake.table("customers")
        at_home = people.filter(
            people.brand_id == brand.pk, people.branch_id.isin(sorted(branch_ids))
        )
        return _bitmap(at_home.select(customer_id=at_home.id))


def members_on(node: Node, ground: Ground, *, branch_ids: Branches = None) -> BitMap:
    """Return the numbers of the people of a tree on this ground."""
    found = at_home(ground.lay(lambda: _asked(node, ground)), branch_ids)
    found = found.filter(found.holds)
    return _bitmap(found.select("customer_id"))


def _bitmap(found: "ibis.Table") -> BitMap:
    numbers = found.to_pyarrow()["customer_id"]
    return BitMap(numbers.combine_chunks().to_numpy(zero_copy_only=False))


def sample(
    *, tree: Tree, brand: Brand, now: datetime, size: int = 10, branch_ids: Branches = None
) -> list[int]:
    """Return the numbers of some people of a tree, drawn by lot and always the same.

    Raises NotATree, NeverMirrored, NotMeasured.
    """
    node = node_of(tree, brand)
    with ground_for(brand, now=now) as (ground, _facts_at):
        found = at_home(ground.lay(lambda: _asked(node, ground)), branch_ids)
        found = found.filter(found.holds)
        drawn = found.select("customer_id").mutate(lot=lot_of(found.customer_id, "sample"))
        rows = drawn.order_by("lot", "customer_id").limit(size).to_pyarrow()
        return [int(number) for number in rows["customer_id"].to_pylist()]


def explain(
    *, tree: Tree, customer_id: int, brand: Brand, now: datetime, masked: bool = False
) -> Explained | None:
    """Walk a tree with one person's values, in the active language; None for who is not known.

    ``masked`` hides the values that are personal; whether their conditions hold is said.
    Raises NotATree, NeverMirrored, NotMeasured.
    """
    node = node_of(tree, brand)
    with ground_for(brand, now=now, only=customer_id) as (ground, _facts_at):
        found = answers(node, ground).get(customer_id)
    if found is None:
        return None
    told = dict(zip(map(id, conditions_of(node)), found, strict=True))
    return _explained(node, told, brand, masked=masked)


def sentence(*, tree: Tree, brand: Brand, language: str) -> str:
    """Say a tree as one sentence, in ``en`` or ``zh-hans``. Raises NotATree."""
    return sentence_of(node_of(tree, brand), brand=brand, language=language)


def node_of(tree: Tree, brand: Brand) -> Node:
    """Return a tree as it was read, or read it. Raises NotATree."""
    if isinstance(tree, (Group, Condition)):
        return tree
    return read_tree(tree, brand=brand)


@contextmanager
def ground_for(
    brand: Brand, *, now: datetime, only: int | None = None
) -> Iterator[tuple[Ground, datetime]]:
    """Open the newest facts for a question, and tell of when they are. Raises NeverMirrored."""
    day = standpoint_of(brand, now=now)
    with reading() as lake:
        yield ground_on(lake, brand, day=day, now=now, only=only), lake.snapshot.at


def ground_on(
    lake: Source, brand: Brand, *, day: date, now: datetime, only: int | None = None
) -> Ground:
    """Return the ground of a brand on a state of the lake, with the newest metrics up to a day."""
    runs = MetricRun.objects.filter(brand=brand, as_of_on__lte=day).order_by("-as_of_on")
    return Ground(
        lake,
        brand=brand,
        day=day,
        now=now,
        measured_on=runs.values_list("as_of_on", flat=True).first(),
        only=None if only is None else [only],
    )


def _asked(node: Node, ground: Ground, *, worth: bool = False) -> dict[str, "ibis.Value"]:
    columns = {"holds": condition_of(node, ground)}
    if worth:
        net = ground.beside("metrics", "net_minor", lambda: ground.metrics)
        columns["net"] = net.cast("float64")
    return columns


def worth_known(ground: Ground) -> bool:
    """Whether the metrics of the brand were computed."""
    try:
        return ground.metrics is not None
    except NotMeasured:
        return False


def at_home(people: "ibis.Table", branch_ids: Branches) -> "ibis.Table":
    """Keep the people at home in some branches; None is all of them."""
    if branch_ids is None:
        return people
    return people.filter(people.branch_id.isin(sorted(branch_ids)))


def _whole(amount: float | None) -> int:
    return round(amount or 0)


def _explained(node: Node, found: dict[int, Answered], brand: Brand, *, masked: bool) -> Explained:
    if isinstance(node, Condition):
        answer = found[id(node)]
        value = show_value(answer.value, node.about.subject, brand)  # type: ignore[arg-type]
        return Explained(
            holds=answer.holds,
            phrase=say_condition(node, brand),
            found=HIDDEN if masked and node.personal else value,
        )
    nodes = tuple(_explained(inner, found, brand, masked=masked) for inner in node.nodes)
    return Explained(
        holds=holds_together(node.match, [one.holds for one in nodes]),
        match=node.match,
        nodes=nodes,
    )
