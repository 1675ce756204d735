"""Columns of numbers, and the streams of chance they come from."""

import zlib

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

DAY = 86_400


def stream(seed: int, *name: str | int) -> np.random.Generator:
    """Return the stream of chance of that name: the same seed and name always give the same.

    Streams are independent of one another, so that a draw added to one leaves the rest as it was.
    """
    words = [zlib.crc32(str(part).encode()) for part in name]
    return np.random.Generator(np.random.PCG64DXSM(np.random.SeedSequence(seed, spawn_key=words)))


def choose(rng: np.random.Generator, weights: npt.ArrayLike, size: int) -> Numbers:
    """Draw ``size`` places of ``weights``, each as likely as its weight."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    drawn: Numbers = np.searchsorted(edges, rng.random(size) * edges[-1], side="right")
    return drawn


def choose_each(rng: np.random.Generator, weights: Floats) -> Numbers:
    """Draw for each row one column, as likely as its weight in that row."""
    edges = np.cumsum(weights, axis=1)
    drawn = rng.random(len(weights)) * edges[:, -1]
    chosen: Numbers = (edges <= drawn[:, None]).sum(axis=1, dtype=np.int64)
    return chosen


def firsts(groups: Numbers) -> Flags:
    """Mark where a new group begins, in a column sorted by group."""
    marks = np.ones(len(groups), dtype=np.bool_)
    marks[1:] = groups[1:] != groups[:-1]
    return marks


def running(values: Floats, groups: Numbers) -> Floats:
    """Add up along each group, in a column sorted by group."""
    if not len(values):
        return values
    sums = np.cumsum(values)
    starts = np.flatnonzero(firsts(groups))
    before = np.concatenate([[0.0], sums[starts[1:] - 1]])
    lengths = np.diff(np.append(starts, len(values)))
    return np.asarray(sums - np.repeat(before, lengths), dtype=np.float64)


def place_within(groups: Numbers) -> Numbers:
    """Number the rows of each group from 0, in a column sorted by group."""
    starts = np.flatnonzero(firsts(groups))
    lengths = np.diff(np.append(starts, len(groups)))
    return np.arange(len(groups)) - np.repeat(starts, lengths)
