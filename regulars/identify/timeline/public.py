"""The timeline's front door: declare kinds, record what happened, read it back in order."""

from regulars.identify.timeline.aside import SetAside, poisoned_of, set_aside
from regulars.identify.timeline.history import Place, events_of, kinds_of, place_of
from regulars.identify.timeline.kinds import DeclaredTwice, Kind, declare, kinds
from regulars.identify.timeline.lag import Lag, ReaderTooSlow, lags, wait_for_reader
from regulars.identify.timeline.models import Event, PoisonedEvent
from regulars.identify.timeline.models.event import ORDINAL_BITS
from regulars.identify.timeline.reader import reader
from regulars.identify.timeline.readers import Reader, Start, UnknownReader, readers
from regulars.identify.timeline.reading import (
    ReaderStuck,
    begin_reading,
    catch_up,
    event_horizon,
)
from regulars.identify.timeline.record import Touch, record
from regulars.identify.timeline.record_sets import record_set, withdraw_set
from regulars.identify.timeline.replay import NotReplayable, replay, retry, retry_all
from regulars.identify.timeline.telling import Day, Entry, History, label_of, tell, tell_history

__all__ = [
    "ORDINAL_BITS",
    "Day",
    "DeclaredTwice",
    "Entry",
    "Event",
    "History",
    "Kind",
    "Lag",
    "NotReplayable",
    "Place",
    "PoisonedEvent",
    "Reader",
    "ReaderStuck",
    "ReaderTooSlow",
    "SetAside",
    "Start",
    "Touch",
    "UnknownReader",
    "begin_reading",
    "catch_up",
    "declare",
    "event_horizon",
    "events_of",
    "kinds",
    "kinds_of",
    "label_of",
    "lags",
    "place_of",
    "poisoned_of",
    "reader",
    "readers",
    "record",
    "record_set",
    "replay",
    "retry",
    "retry_all",
    "set_aside",
    "tell",
    "tell_history",
    "wait_for_reader",
    "withdraw_set",
]
