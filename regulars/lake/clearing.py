"""Delete the files that nobody opens any more: replaced ones, and those of killed processes."""

from datetime import UTC, datetime, timedelta

import pyarrow.fs as pafs
from deltalake import DeltaTable
from django.utils import timezone

from regulars.lake.exclusion import only_writer
from regulars.lake.models import Removal, Snapshot
from regulars.lake.place import filesystem, under
from regulars.lake.snapshots import KEPT, current, home_of, latest_snapshot

COMPUTED = "computed"
RETENTION_HOURS = int(KEPT / timedelta(hours=1)) + 1


def clear(*, at_once: bool = False) -> None:
    """Delete what no snapshot that is kept refers to.

    ``at_once``: without the hours that readers have to finish; a reader of an older state then
    fails, and nobody else may be writing. Raises NeverMirrored.
    """
    snapshot = current()
    hours = 0 if at_once else RETENTION_HOURS
    home = home_of(snapshot)
    for generation in folders(home):
        if generation == COMPUTED or f"{home}/{generation}" == snapshot.generation:
            _vacuum(home, generation, hours)
        elif at_once or _forgotten(f"{home}/{generation}"):
            filesystem(under(home)).delete_dir(generation)
    Removal.objects.filter(revision__lte=snapshot.revision).delete()


def clear_when_idle() -> None:
    """Clear, unless the lake is being filled, which may take longer than files are spared."""
    with only_writer(wait=False) as alone:
        if alone and latest_snapshot() is not None:
            clear()


def folders(*names: str) -> list[str]:
    """Return the names of the folders at a place in the lake."""
    found = filesystem(under(*names)).get_file_info(pafs.FileSelector("", allow_not_found=True))
    return sorted(one.base_name for one in found if one.type == pafs.FileType.Directory)


def _vacuum(home: str, generation: str, hours: int) -> None:
    for table in folders(home, generation):
        uri = under(home, generation, table)
        if not DeltaTable.is_deltatable(uri):
            continue
        delta = DeltaTable(uri)
        if delta.vacuum(hours, enforce_retention_duration=False, full=True):  # a dry run
            delta.vacuum(hours, dry_run=False, enforce_retention_duration=False, full=True)


def _forgotten(generation: str) -> bool:
    """Tell whether a generation is in no snapshot, and not one that is being filled just now."""
    if Snapshot.objects.filter(generation=generation).exists():
        return False
    begun = generation.rpartition("/")[2].rpartition("-")[0]
    began_at = datetime.strptime(begun, "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    return timezone.now() - began_at > KEPT
