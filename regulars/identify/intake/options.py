"""What a person may say about a file, as it is kept with the import."""

from dataclasses import asdict, dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from regulars.identify.intake.reading.layout import Wishes


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Empty means: let the file tell.

    ``dates`` is day-first or month-first, ``decimal`` point or comma; ``timezone`` is that of the
    file's clock, the brand's unless it is said.
    """

    dates: str = ""
    decimal: str = ""
    timezone: str = ""
    wishes: Wishes = field(default_factory=Wishes)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def zone(self, otherwise: ZoneInfo) -> ZoneInfo:
        return ZoneInfo(self.timezone) if self.timezone else otherwise


def options_from(kept: dict[str, Any]) -> Options:
    """Read options as ``as_json`` wrote them."""
    return Options(**{**kept, "wishes": Wishes(**kept.get("wishes", {}))})
