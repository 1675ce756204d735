"""A simulated shop in a fresh installation, with its metrics, for what is measured on it."""

from bench.databases import Installation
from bench.figures import Clock

OWNER, PASSWORD = "owner@bench.test", "a-kettle-for-measuring"


def open_plain_shop(place: Installation, *, customers: int, years: float) -> dict[str, float]:
    """Simulate the plain shop into an installation; return orders, and seconds by step."""
    seconds, said = {}, {}
    steps = {
        "import": ("simulate", "--brand", "plain", "--size", str(customers), "--years", str(years),
                   "--until", "2026-01-01"),
        "metrics": ("metrics", "--brand", "plain", "--as-of", "2025-12-31"),
    }  # fmt: skip
    for step, arguments in steps.items():
        watch = Clock()
        said[step] = place.regulars(*arguments)
        seconds[step] = watch.seconds
    return {"orders": said["import"]["orders"], **seconds}
