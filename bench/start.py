"""From a clean clone to the first useful page, and again after a stop (S12)."""

import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figures import Figure, clock
from bench.quiet import processor_seconds
from bench.visitor import Visitor, free_port

FIRST, AGAIN = 90.0, 5.0
PATIENCE = 600.0


def measure(*, size: str) -> list[Figure]:  # noqa: ARG001 - a start has one size
    with tempfile.TemporaryDirectory(prefix="regulars-clone-") as name:
        clone = Path(name) / "regulars"
        subprocess.run(["git", "clone", "-q", _repository(), str(clone)], check=True)
        first, _ = _seconds_to_today(clone)
        again, worked = _seconds_to_today(clone)
    return [
        Figure(
            claim="S12 bin/demo, clean clone to the first useful page, warm package cache",
            figure=first,
            unit="s",
            target="≤ 90 s",
            met=first <= FIRST,
        ),
        Figure(
            claim="S12 bin/demo again",
            figure=again,
            unit="s",
            target="≤ 5 s",
            peer=f"{worked:.1f} s of processor time",
            met=again <= AGAIN,
        ),
    ]


def _repository() -> str:
    return str(Path(__file__).resolve().parent.parent)


def _seconds_to_today(clone: Path) -> tuple[float, float]:
    """Return how long it takes, and what the processor worked in those processes that stay."""
    port = free_port()
    with clock() as watch, _demo(clone, port) as process:
        visitor = Visitor(f"http://127.0.0.1:{port}")
        visitor.wait_until_served(seconds=PATIENCE, running=lambda: process.poll() is None)
        demo = json.loads((clone / "data" / "demo.json").read_text("utf-8"))
        visitor.sign_in(demo["owner"], demo["password"])
        visitor.page("/")
        watch.stop()
        worked = processor_seconds(process.pid)
    return watch.seconds, worked


@contextmanager
def _demo(clone: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    outside = {"DATABASE_URL", "REGULARS_DATA", "VIRTUAL_ENV", "PYTHONPATH"}
    environment = {key: value for key, value in os.environ.items() if key not in outside}
    process = subprocess.Popen(
        ["bin/demo", "--port", str(port)],
        cwd=clone,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)
