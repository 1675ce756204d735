"""What a column can be: the fields of orders, customers and products."""

from dataclasses import dataclass
from enum import StrEnum, auto

from django.utils.functional import Promise


class What(StrEnum):
    """What kind of value a field holds."""

    TEXT = auto()
    NUMBER = auto()
    MONEY = auto()
    TIME = auto()
    IDENTIFIER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. ``names`` are headers by which it is recognized, in the form of ``plain_name``."""

    key: str
    label: Promise | str
    what: What = What.TEXT
    names: tuple[str, ...] = ()
    hint: Promise | str = ""
