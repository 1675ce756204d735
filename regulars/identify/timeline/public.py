"""The timeline's front door: declare kinds, record what happened, read it back in order."""

from regulars.identify.timeline.kinds import DeclaredTwice, Kind, declare, kinds
from regulars.identify.timeline.models import Event
from regulars.identify.timeline.models.event import ORDINAL_BITS
from regulars.identify.timeline.record import Touch, record

__all__ = [
    "ORDINAL_BITS",
    "DeclaredTwice",
    "Event",
    "Kind",
    "Touch",
    "declare",
    "kinds",
    "record",
]
