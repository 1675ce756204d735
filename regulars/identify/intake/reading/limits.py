"""How much a file may hold before it is refused."""

from dataclasses import dataclass

from django.conf import settings

MEGABYTE = 1_048_576


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """``unpacked`` in bytes; ``ratio`` counts from ``free`` bytes on; ``line`` is the longest line.

    Order files pack ten to thirty times smaller; a thousand times is a bomb.
    """

    unpacked: int
    ratio: int = 300
    free: int = 64 * MEGABYTE
    line: int = 32 * MEGABYTE
    columns: int = 1_000
    record_lines: int = 200
    cell: int = MEGABYTE


def limits() -> Limits:
    return Limits(unpacked=settings.REGULARS_UNPACKED_MB * MEGABYTE)
