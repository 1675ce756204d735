"""What must be agreed before a file's values mean anything."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from regulars.identify.intake.mapping.preset import Reading
from regulars.lib import money


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """``date_order`` and ``mark`` are empty where the file is to tell."""

    reading: Reading
    currency: str
    zone: ZoneInfo
    brand_zone: ZoneInfo
    now: datetime
    date_order: str = ""
    mark: str = ""
    delimiter: str = ","

    @property
    def exponent(self) -> int:
        return money.exponent(self.currency)
