"""Look at a file before anybody has decided where it goes."""

from pathlib import Path
from tempfile import TemporaryDirectory

from regulars.identify.intake.mapping.preset import Reading
from regulars.identify.intake.mapping.recognizing import preset_for
from regulars.identify.intake.models import ImportKind
from regulars.identify.intake.options import Options
from regulars.identify.intake.reading.layout import layout_of
from regulars.identify.intake.reading.limits import limits
from regulars.identify.intake.reading.unpacking import unpacked


def reading_of(file: Path, *, kind: ImportKind, options: Options, preset: str = "") -> Reading:
    """Say what a file tells about its shop: money and clock, where its export is a known one.

    Nothing is kept. Raises FileRefused.
    """
    within = limits()
    with TemporaryDirectory() as folder:
        plain, form = unpacked(file, folder=Path(folder), within=within)
        layout = layout_of(plain, form, folder=Path(folder), wishes=options.wishes, within=within)
    known = preset_for(kind, layout.columns, preset)
    return known.reading if known else Reading()
