"""Rows as a file gives them, before anybody knows what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

import pyarrow as pa


class Broken(StrEnum):
    """Why a row is none."""

    RAGGED = auto()  # it has more or fewer cells than the header
    QUOTE = auto()  # a quote is never closed, or closed in the middle of a cell
    ENCODING = auto()  # it holds bytes that are no characters
    TOO_LONG = auto()  # a cell is longer than any cell should be
    NOT_JSON = auto()


@dataclass(frozen=True, slots=True)
class Record:
    """One row. ``number`` counts as people do: the first row of the file is 1."""

    number: int
    cells: Sequence[str]
    broken: Broken | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one width as columns, and their numbers."""

    numbers: pa.Array
    columns: Sequence[pa.Array]
