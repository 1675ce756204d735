"""The stock of ``names.toml`` as columns."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def stock(name: str) -> list[str]:
    """Return the entries of one list; an underscore stands for a space."""
    lists = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
    return [entry.replace("_", " ") for entry in lists[name].split()]


def spelled(name: str) -> tuple[list[str], list[str]]:
    """Return a list of Chinese names, and their spelling in Latin letters."""
    pairs = [entry.split(":") for entry in stock(name)]
    return [written for written, _ in pairs], [latin for _, latin in pairs]
