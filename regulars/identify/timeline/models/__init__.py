from regulars.identify.timeline.models.cursor import Cursor, PoisonedEvent
from regulars.identify.timeline.models.event import Event

__all__ = ["Cursor", "Event", "PoisonedEvent"]
