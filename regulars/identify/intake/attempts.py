"""Forget attempts: imports of a brand into which nothing ever came."""

import shutil

from regulars.identify.intake.models import Import, ImportState, Step
from regulars.identify.intake.rejects import CSV_NAME
from regulars.identify.intake.starting import open_task
from regulars.organization.public import Brand


def forget_attempts(*, brand: Brand) -> bool:
    """Forget all imports of a brand when none brought anything in; return whether that is so.

    While one is under way nothing is forgotten. A file of refused rows that a person was told of
    stays as long as the rejects of other imports.
    """
    imports = list(Import.objects.filter(brand=brand))
    if Step.objects.filter(of__brand=brand).exists() or any(map(_under_way, imports)):
        return False
    for imported in imports:
        _empty(imported)
        imported.delete()
    return True


def _under_way(imported: Import) -> bool:
    return imported.state == ImportState.UNDOING or open_task(imported) is not None


def _empty(imported: Import) -> None:
    told = imported.folder / CSV_NAME
    for path in imported.folder.glob("*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path != told:
            path.unlink()
    if not told.exists():
        shutil.rmtree(imported.folder, ignore_errors=True)
