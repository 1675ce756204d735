"""Take in a file, and settle what its columns mean."""

import hashlib
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext_noop

from regulars.identify.intake.finishing import clear_up
from regulars.identify.intake.mapping.ambiguity import ambiguous, refuse_ambiguous
from regulars.identify.intake.mapping.guessing import guess
from regulars.identify.intake.mapping.kinds import fields_for, own_fields
from regulars.identify.intake.mapping.preset import Preset
from regulars.identify.intake.mapping.presets import PRESETS
from regulars.identify.intake.mapping.recognizing import preset_for
from regulars.identify.intake.mapping.requirements import check_mapping, missing_from
from regulars.identify.intake.models import Import, ImportKind, ImportState
from regulars.identify.intake.options import Options
from regulars.identify.intake.preparation import look_at
from regulars.identify.intake.reading.layout import Layout
from regulars.identify.intake.reading.limits import MEGABYTE, limits
from regulars.identify.intake.reading.refusal import FileRefused
from regulars.identify.intake.reading.sample import sample_of
from regulars.organization.public import Brand, User

GUESSED_FROM = 50
SHOWN = 6


def receive(
    file: BinaryIO, *, brand: Brand, kind: ImportKind, name: str, by: User | None, now: datetime
) -> Import:
    """Keep a copy of a file as a new import. Raises FileRefused when it is too large."""
    imported = Import.objects.create(
        brand=brand,
        kind=kind,
        file_name=Path(name).name[-255:],
        sha256="",
        size=0,
        by=by,
        created_at=now,
    )
    try:
        imported.sha256, imported.size = _copied(file, imported.path)
    except FileRefused:
        discard(imported)
        raise
    imported.save(update_fields=["sha256", "size"])
    return imported


def choose_columns(
    imported: Import,
    *,
    preset: str = "",
    mapping: Mapping[str, str] | None = None,
    options: Options | None = None,
) -> Layout:
    """Find the table in the file, and say which column is which field, guessing where unsaid.

    Without ``preset`` one is found by its headers; an empty column in ``mapping`` means: none.
    What was staged before is forgotten. Raises FileRefused.
    """
    if options is not None:
        imported.options = options.as_json()
    clear_up(imported)
    layout = look_at(imported)
    known = preset_for(imported.kind, layout.columns, preset)
    imported.preset = known.key if known else ""
    imported.source = known.reading.source if known else "import"
    said = mapping or {}
    found = _found(imported, layout, known, said)
    unclear = ambiguous(found, said, layout.repeated)
    imported.mapping = _mapping({key: found[key] for key in found if key not in unclear}, said)
    sample = sample_of(layout, count=SHOWN, within=limits())
    imported.counts = {
        "columns": layout.columns,
        "sample": [list(row.cells) for row in sample],
        "repeated": layout.repeated,
        "ambiguous": unclear,
    }
    imported.state, imported.problem = ImportState.MAPPED, {}
    imported.save()
    return layout


def confirm_columns(imported: Import, layout: Layout) -> None:
    """Raise FileRefused when the columns chosen are not enough to read the file."""
    _check_currency(imported)
    fields = fields_for(imported.kind, imported.brand)
    refuse_ambiguous(imported.counts["ambiguous"], columns=layout.columns, fields=fields)
    check_mapping(
        imported.mapping,
        kind=imported.kind,
        columns=layout.columns,
        fields=fields,
        sheets=layout.sheets,
    )


def _check_currency(imported: Import) -> None:
    """Refuse a file that counts in other money than the brand and has no column to say so."""
    preset = PRESETS.get(imported.preset)
    if preset is None or "currency" in imported.mapping:
        return
    if preset.reading.currency not in ("", imported.brand.currency):
        raise FileRefused(
            gettext_noop("Such files count in %(theirs)s, and the brand in %(ours)s."),
            theirs=preset.reading.currency,
            ours=imported.brand.currency,
        )


def _found(
    imported: Import, layout: Layout, known: Preset | None, said: Mapping[str, str]
) -> dict[str, str]:
    """Return the columns a preset knows; where it does not fit, guess what it does not know."""
    found = known.mapping(layout.columns) if known else {}
    fits = known is not None and known.fits(layout.columns)
    whole = fits and not missing_from({**found, **said}, imported.kind)
    fields = (own_fields if whole else fields_for)(imported.kind, imported.brand)
    sample = sample_of(layout, count=GUESSED_FROM, within=limits())
    guessed = guess(layout.columns, [row.cells for row in sample], fields)
    more = {key: column for key, column in guessed.items() if column not in found.values()}
    return {**more, **found}


def _mapping(found: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    taken = set(said.values())
    kept = {key: column for key, column in found.items() if column not in taken}
    return {key: column for key, column in {**kept, **said}.items() if column}


def discard(imported: Import) -> None:
    """Forget an import that never ran, and its file."""
    shutil.rmtree(imported.folder, ignore_errors=True)
    imported.delete()


def _copied(file: BinaryIO, to: Path) -> tuple[str, int]:
    most = settings.REGULARS_UPLOAD_MB
    to.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with to.open("wb") as copy:
        while block := file.read(MEGABYTE):
            size += len(block)
            if size > most * MEGABYTE:
                raise FileRefused(gettext_noop("The file is larger than %(most)s MB."), most=most)
            digest.update(block)
            copy.write(block)
    return digest.hexdigest(), size
