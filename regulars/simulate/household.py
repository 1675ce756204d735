"""Whom customers buy for: partners, children, pets, with birthdays and stages of life."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.simulate.arrays import Floats, Numbers, stream
from regulars.simulate.history import History
from regulars.simulate.identity import member_numbers, only
from regulars.simulate.names import stock

YEAR = 365.25
SPECIES = ("cat", "dog", "rabbit")
# from which age in years, stage
CHILD_STAGES = ((0, "baby"), (1, "toddler"), (3, "preschool"), (6, "school"), (13, "teenager"))
PET_STAGES = ((0, "young"), (1, "adult"), (9, "senior"))


def household_table(history: History) -> pa.Table:
    """Return one row a member of a household that somebody told the shop about."""
    size, rng = len(history.people), stream(history.seed, "household")
    told = rng.random(size) < 0.4
    partners = np.flatnonzero(told & (rng.random(size) < 0.55))
    children = np.repeat(np.arange(size), np.where(told, rng.poisson(0.7, size), 0))
    pets = np.flatnonzero(told & (rng.random(size) < 0.35))
    tables = [_adults(partners), _children(history, children), _pets(history, pets)]
    return pa.concat_tables(tables)


def _adults(of: Numbers) -> pa.Table:
    nothing = pa.nulls(len(of), pa.string())
    return _members(of, "adult", name=nothing, species=nothing, born_on=None, stage=nothing)


def _children(history: History, of: Numbers) -> pa.Table:
    rng = stream(history.seed, "children")
    age = rng.random(len(of)) * 17
    name = _named(rng, of, history, "children", 0.6)
    born = only(_born(history, age), rng.random(len(of)) < 0.75)
    stage = _stage(age, CHILD_STAGES)
    nothing = pa.nulls(len(of), pa.string())
    return _members(of, "child", name=name, species=nothing, born_on=born, stage=stage)


def _pets(history: History, of: Numbers) -> pa.Table:
    rng = stream(history.seed, "pets")
    age = rng.gamma(1.8, 3.0, len(of))
    species = pa.array(SPECIES).take(pa.array(rng.choice(3, len(of), p=[0.52, 0.43, 0.05])))
    name = _named(rng, of, history, "pets", 0.8)
    born = only(_born(history, age), rng.random(len(of)) < 0.4)
    return _members(
        of, "pet", name=name, species=species, born_on=born, stage=_stage(age, PET_STAGES)
    )


def _members(
    of: Numbers,
    kind: str,
    *,
    name: pa.Array,
    species: pa.Array,
    born_on: pa.Array | None,
    stage: pa.Array,
) -> pa.Table:
    return pa.table(
        {
            "member_number": member_numbers(of),
            "kind": pa.array([kind] * len(of), pa.string()),
            "name": name,
            "species": species,
            "born_on": pa.nulls(len(of), pa.date32()) if born_on is None else born_on,
            "stage": stage,
        }
    )


def _named(
    rng: np.random.Generator, of: Numbers, history: History, what: str, share: float
) -> pa.Array:
    drawn = stream(history.seed, "chinese").random(len(history.people))
    here, there = stock(what), stock(f"chinese_{what}")
    name = pc.if_else(
        pa.array(drawn[of] < history.shop.chinese),
        pa.array(there).take(pa.array(rng.integers(0, len(there), len(of)))),
        pa.array(here).take(pa.array(rng.integers(0, len(here), len(of)))),
    )
    return only(name, rng.random(len(of)) < share)


def _born(history: History, age: Floats) -> pa.Array:
    day = history.hours.day[-1] - np.maximum(age * YEAR, 1).astype(np.int64)
    return pa.array(day.astype(np.int32), pa.int32()).cast(pa.date32())


def _stage(age: Floats, stages: tuple[tuple[int, str], ...]) -> pa.Array:
    place = np.searchsorted([since for since, _ in stages], age, side="right") - 1
    return pa.array([name for _, name in stages]).take(pa.array(place))
