"""A process that is kept running: started again when it dies, unless that is hopeless."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from regulars.cli.saying import Refused, say

SOON = 10.0  # seconds; who dies sooner than that has not really lived
TRIES = 5
HOPELESS = 78  # the exit code when trying again would not help; EX_CONFIG of sysexits.h


@dataclass
class Child:
    """One of the processes, and how it has fared."""

    name: str
    terms: dict[str, Any]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    short_lives: int = field(default=0)

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def look(self) -> None:
        """Start it, or start it again when it has died. Raises Refused when that is hopeless."""
        if self.process is None:
            if monotonic() >= self.start_again_at:
                self._start()
        elif (code := self.process.poll()) is not None:
            self._mourn(code)

    def tell_to_end(self) -> None:
        if self.process is not None and self.running:
            self.process.terminate()

    def end(self, *, within: float) -> None:
        """Wait until it has ended, and break it off when it takes longer than so many seconds."""
        if self.process is None:
            return
        try:
            self.process.wait(within)
        except subprocess.TimeoutExpired:
            say(f"{self.name} was in the middle of something; it will be taken up again")
            self.process.kill()
            self.process.wait()

    def _start(self) -> None:
        command = [sys.executable, "-m", "regulars.cli.child", self.name, json.dumps(self.terms)]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        self.started_at = monotonic()

    def _mourn(self, code: int) -> None:
        lived = monotonic() - self.started_at
        self.short_lives = self.short_lives + 1 if lived < SOON else 0
        if code == HOPELESS:
            raise Refused(f"{self.name} cannot start; see above for why.")
        if self.short_lives >= TRIES:
            raise Refused(f"{self.name} ends as soon as it starts (exit code {code}).")
        pause = 0.2 * 2**self.short_lives if self.short_lives else 0.0
        say(f"{self.name} ended (exit code {code}); starting it again")
        self.process, self.start_again_at = None, monotonic() + pause
