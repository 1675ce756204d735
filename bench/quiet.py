"""How busy others keep the machine, and what ours took of it: the clock alone says too little."""

import os
import time
from pathlib import Path

STAT = Path("/proc/stat")
LOOKED_AT = 2.0  # seconds


def others_busy() -> float | None:
    """Return how many cores work for others, while this process rests; None where none can tell."""
    if not STAT.exists():
        return None
    before = _busy_and_all()
    time.sleep(LOOKED_AT)
    after = _busy_and_all()
    busy, all_of_it = (now - then for now, then in zip(after, before, strict=True))
    return round(_cores() * busy / max(1, all_of_it), 1)


def _busy_and_all() -> tuple[int, int]:
    ticks = [int(word) for word in STAT.read_text().splitlines()[0].split()[1:9]]
    idle = ticks[3] + ticks[4]
    return sum(ticks) - idle, sum(ticks)


def _cores() -> int:
    return sum(line.startswith("cpu") for line in STAT.read_text().splitlines()) - 1


def processor_seconds(session: int) -> float:
    """Return the processor time of all processes of a session that still run; 0.0 elsewhere."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[3]) == session:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
