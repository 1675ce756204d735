"""Take in a file: copy it, remember what it is, and guess what its columns mean."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from regulars.identify.intake.mapping.presets import PRESETS
from regulars.identify.intake.models import Import, ImportKind, ImportState
from regulars.identify.intake.options import Options
from regulars.identify.intake.preparation import look_at
from regulars.identify.intake.reading.limits import MEGABYTE
from regulars.organization.public import Brand, User


def receive(
    file: BinaryIO,
    *,
    brand: Brand,
    kind: ImportKind,
    name: str,
    by: User | None,
    now: datetime,
    preset: str = "",
    mapping: Mapping[str, str] | None = None,
    options: Options | None = None,
) -> Import:
    """Keep a copy of the file as a new import with its columns mapped. Raises FileRefused."""
    imported = Import.objects.create(
        brand=brand,
        kind=kind,
        file_name=Path(name).name[:255],
        sha256="",
        size=0,
        source="import",
        options=(options or Options()).as_json(),
        by=by,
        created_at=now,
    )
    imported.sha256, imported.size = _copied(file, imported.path)
    layout = look_at(imported)
    chosen = PRESETS.get(preset) or next(
        (known for known in PRESETS.values() if known.fits(layout.columns)), None
    )
    if chosen:
        imported.preset, imported.source = chosen.key, chosen.reading.source
        imported.mapping = chosen.mapping(layout.columns)
    imported.mapping = {**imported.mapping, **(mapping or {})}
    imported.state = ImportState.MAPPED
    imported.save()
    return imported


def _copied(file: BinaryIO, to: Path) -> tuple[str, int]:
    to.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with to.open("wb") as copy:
        while block := file.read(MEGABYTE):
            digest.update(block)
            size += len(block)
            copy.write(block)
    return digest.hexdigest(), size
