"""Look at a file before anybody has decided where it goes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from regulars.identify.intake.mapping.field import What
from regulars.identify.intake.mapping.guessing import guess
from regulars.identify.intake.mapping.kinds import FIELDS
from regulars.identify.intake.mapping.preset import Reading
from regulars.identify.intake.mapping.recognizing import preset_for
from regulars.identify.intake.models import ImportKind
from regulars.identify.intake.options import Options
from regulars.identify.intake.reading.layout import Layout, layout_of
from regulars.identify.intake.reading.limits import limits
from regulars.identify.intake.reading.sample import sample_of
from regulars.identify.intake.reading.unpacking import unpacked
from regulars.identify.intake.staging.money_signs import money_beside

ROWS = 50
CODE = 3  # letters of a currency


def reading_of(
    file: Path, *, kind: ImportKind, options: Options, preset: str, mapping: Mapping[str, str]
) -> Reading:
    """Say what a file tells about its shop: money and clock, where it or a known export does.

    Nothing is kept. Raises FileRefused.
    """
    within = limits()
    with TemporaryDirectory() as folder:
        plain, form = unpacked(file, folder=Path(folder), within=within)
        layout = layout_of(plain, form, folder=Path(folder), wishes=options.wishes, within=within)
        rows = [row.cells for row in sample_of(layout, count=ROWS, within=within)]
    known = preset_for(kind, layout.columns, preset)
    reading = known.reading if known else Reading()
    found = known.mapping(layout.columns) if known else guess(layout.columns, rows, FIELDS[kind])
    meant = {**found, **mapping}
    told = _currency(layout, rows, meant.get("currency", "")) or _beside(layout, rows, kind, meant)
    return replace(reading, currency=told) if told else reading


def _currency(layout: Layout, rows: Sequence[Sequence[str]], column: str) -> str:
    """Return the currency that most rows name, empty when there is no such column."""
    if column not in layout.columns:
        return ""
    place = layout.columns.index(column)
    codes = Counter(row[place].strip().upper() for row in rows)
    named = [code for code, _ in codes.most_common() if len(code) == CODE and code.isalpha()]
    return named[0] if named else ""


def _beside(
    layout: Layout, rows: Sequence[Sequence[str]], kind: ImportKind, meant: Mapping[str, str]
) -> str:
    """Return the currency whose sign stands beside the amounts, empty when none is certain."""
    money = [key for key, field in FIELDS[kind].items() if field.what == What.MONEY]
    amounts = {meant[key] for key in money if key in meant}
    places = [place for place, column in enumerate(layout.columns) if column in amounts]
    return money_beside(row[place] for row in rows for place in places)
