"""Keep a few processes running together: restart what dies, stop all when told to.

``python -m`` this module knows nothing of Django: it waits for months and should cost little.
"""

import json
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from regulars.cli.console import Refused, say

LOOK_EVERY = 0.2  # seconds
STOP_GRACE = 15.0
SOON = 10.0  # who dies sooner than that has not really lived
TRIES = 5


@dataclass
class Child:
    """One of the processes, and how it has fared."""

    name: str
    terms: dict[str, Any]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    short_lives: int = field(default=0)

    def start(self) -> None:
        command = [sys.executable, "-m", "regulars.cli.child", self.name, json.dumps(self.terms)]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        self.started_at = monotonic()

    def look(self) -> None:
        """Start it, or start it again when it has died. Raises Refused when that is hopeless."""
        if self.process is None:
            if monotonic() >= self.start_again_at:
                self.start()
        elif (code := self.process.poll()) is not None:
            lived = monotonic() - self.started_at
            self.short_lives = self.short_lives + 1 if lived < SOON else 0
            if self.short_lives >= TRIES:
                raise Refused(f"{self.name} ends as soon as it starts (exit code {code}).")
            pause = 0.2 * 2**self.short_lives if self.short_lives else 0.0
            say(f"{self.name} ended (exit code {code}); starting it again")
            self.process, self.start_again_at = None, monotonic() + pause

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None


def supervise(children: list[Child]) -> None:
    """Run the children until SIGTERM or SIGINT; return when all of them have ended."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    try:
        while not stopping.is_set():
            for child in children:
                child.look()
            stopping.wait(LOOK_EVERY)
    finally:
        _stop(children)


def _stop(children: list[Child]) -> None:
    deadline = monotonic() + STOP_GRACE
    for child in children:
        if child.process is not None and child.running:
            child.process.terminate()
    for child in children:
        if child.process is None:
            continue
        try:
            child.process.wait(max(0.1, deadline - monotonic()))
        except subprocess.TimeoutExpired:
            say(f"{child.name} does not stop; killing it")
            child.process.kill()
            child.process.wait()


def main(children: str) -> None:
    try:
        supervise([Child(name, terms) for name, terms in json.loads(children).items()])
    except Refused as refused:
        say(f"regulars: {refused}")
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1])
