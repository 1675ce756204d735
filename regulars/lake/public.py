"""The lake's front door: number changes, mirror them into columns, and ask questions of those."""

from regulars.lake.advance import Progress
from regulars.lake.compaction import compact
from regulars.lake.computed import (
    drop_computed,
    drop_partitions,
    partitions,
    write_partition,
)
from regulars.lake.computed_files import Computed, NotInTheLake
from regulars.lake.erasure import erase
from regulars.lake.following import catch_up, follow, rebuild
from regulars.lake.json_text import text_in_json
from regulars.lake.mirrors import Mirror, MirroredTwice, mirrors
from regulars.lake.models import Mirrored, Removal, Snapshot
from regulars.lake.parquet import ROW_GROUP, encoding
from regulars.lake.reading import Reading, reading
from regulars.lake.removing import pointing_at, remove_rows
from regulars.lake.reversions import follow_reversions, note_reversions
from regulars.lake.revisions import (
    FrozenView,
    NotInTransaction,
    horizon,
    last_revision,
    next_revision,
)
from regulars.lake.sharing import reading_once
from regulars.lake.snapshots import NeverMirrored, NotMirroredInTime, latest_snapshot, wait_for
from regulars.lake.source import InTransaction
from regulars.lake.status import LakeStatus, TableStatus, lake_status
from regulars.lake.superseding import Superseded, TookTooLong, superseding
from regulars.lake.unavailable import EngineUnavailable
from regulars.lake.verification import Difference, differences
from regulars.lake.withdrawal import (
    LEAVING,
    Remembered,
    Withdrawn,
    counted,
    keep_changed,
    keep_changed_since,
    keep_held,
    portion,
    put_back,
    rows_changed,
    rows_made,
)
from regulars.lake.workbench import Workbench, WorkbenchFailed, workbench

__all__ = [
    "LEAVING",
    "ROW_GROUP",
    "Computed",
    "Difference",
    "EngineUnavailable",
    "FrozenView",
    "InTransaction",
    "LakeStatus",
    "Mirror",
    "Mirrored",
    "MirroredTwice",
    "NeverMirrored",
    "NotInTheLake",
    "NotInTransaction",
    "NotMirroredInTime",
    "Progress",
    "Reading",
    "Remembered",
    "Removal",
    "Snapshot",
    "Superseded",
    "TableStatus",
    "TookTooLong",
    "Withdrawn",
    "Workbench",
    "WorkbenchFailed",
    "catch_up",
    "compact",
    "counted",
    "differences",
    "drop_computed",
    "drop_partitions",
    "encoding",
    "erase",
    "follow",
    "follow_reversions",
    "horizon",
    "keep_changed",
    "keep_changed_since",
    "keep_held",
    "lake_status",
    "last_revision",
    "latest_snapshot",
    "mirrors",
    "next_revision",
    "note_reversions",
    "partitions",
    "pointing_at",
    "portion",
    "put_back",
    "reading",
    "reading_once",
    "rebuild",
    "remove_rows",
    "rows_changed",
    "rows_made",
    "superseding",
    "text_in_json",
    "wait_for",
    "workbench",
    "write_partition",
]
