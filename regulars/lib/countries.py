"""What countries are called."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

NAMES = Path(__file__).with_name("countries.csv")


def country_name(country: str, language: str) -> str:
    """Name a country by its ISO 3166 code; what is no such code is a name already."""
    return _names("zh" if language.startswith("zh") else "en").get(country.upper(), country)


@cache
def _names(language: str) -> Mapping[str, str]:
    with NAMES.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row[language] for row in csv.DictReader(lines)}
