"""The lake's front door: number changes, and read facts as columns."""

from regulars.lake.models import Mirrored, Removal
from regulars.lake.revisions import (
    FrozenView,
    NotInTransaction,
    horizon,
    last_revision,
    next_revision,
)
from regulars.lake.workbench import Workbench, workbench

__all__ = [
    "FrozenView",
    "Mirrored",
    "NotInTransaction",
    "Removal",
    "Workbench",
    "horizon",
    "last_revision",
    "next_revision",
    "workbench",
]
