"""What a person says of a file on the command line, before anybody looks into it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import available_timezones

from regulars.cli.console import Misused
from regulars.identify.intake.public import PRESETS, ImportKind, Options

_CURRENCY = re.compile(r"[A-Z]{3}")
_HEADER = re.compile(r"yes|no|[1-9]\d*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How to read the file; ``mapping`` names the column of a field, empty for none."""

    preset: str
    mapping: Mapping[str, str]
    options: Options
    currency: str


def checked(terms: Terms, *, kind: ImportKind) -> Terms:
    """Return the terms when they can be meant. Raises Misused, with what can be said instead."""
    presets = [key for key, preset in PRESETS.items() if preset.kind == kind]
    options = terms.options
    _one_of("--preset", terms.preset, presets)
    _one_of("--dates", options.dates, ["day-first", "month-first"])
    _one_of("--decimal", options.decimal, ["point", "comma"])
    if options.timezone and options.timezone not in available_timezones():
        raise Misused(
            f"--timezone is an IANA name such as Europe/London or UTC{_near(options.timezone)}, "
            f"not {options.timezone!r}."
        )
    if terms.currency and not _CURRENCY.fullmatch(terms.currency):
        raise Misused(f"--currency is three letters, as in GBP, not {terms.currency!r}.")
    if options.wishes.header and not _HEADER.fullmatch(options.wishes.header):
        raise Misused(f"--header is yes, no or the number of a row, not {options.wishes.header!r}.")
    return terms


def mapping_of(pairs: Sequence[str]) -> dict[str, str]:
    """Read ``field=Column`` as often as it was said. Raises Misused."""
    for pair in pairs:
        if "=" not in pair:
            raise Misused(f"--map is field=Column, as in --map sku=Article, not {pair!r}.")
    return {field.strip(): column for field, _, column in (pair.partition("=") for pair in pairs)}


def _one_of(option: str, value: str, allowed: Sequence[str]) -> None:
    if value and not allowed:
        raise Misused(f"There is no {option} for such files: leave it out.")
    if value and value not in allowed:
        raise Misused(f"{option} is {', '.join(allowed[:-1])} or {allowed[-1]}, not {value!r}.")


def _near(name: str) -> str:
    """Name the zones whose place is called so."""
    place = name.rpartition("/")[2].replace(" ", "_").casefold()
    found = sorted(
        zone for zone in available_timezones() if zone.rpartition("/")[2].casefold() == place
    )
    return f" (perhaps {' or '.join(found[:3])})" if found else ""
