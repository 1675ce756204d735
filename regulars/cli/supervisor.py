"""Keep a web server and a worker running together: restart what dies, stop all when told to.

``python -m`` this module knows nothing of Django: it waits for months and should cost little.
"""

import json
import signal
import sys
import threading
from time import monotonic
from typing import Any

from regulars.cli.address import address, answers
from regulars.cli.offspring import Child
from regulars.cli.saying import Refused, say

LOOK_EVERY = 0.1  # seconds
ANSWER_WITHIN = 1.0
WORK_AT_LATEST = 30.0  # after the start, whether or not pages are served
GENTLY, AT_ONCE = 15.0, 2.0  # to end in when a machine says so, or a person who waits for it


class Household:
    """A web server, and a worker that begins when the first page is served."""

    def __init__(self, *, web: dict[str, Any], worker: dict[str, Any]) -> None:
        self.web, self.worker = Child("web", web), Child("worker", worker)
        self.began = monotonic()
        self.served = False
        self.told_to_stop = threading.Event()
        self.grace = GENTLY

    def run(self) -> None:
        """Keep both running until SIGTERM or SIGINT; return when both have ended."""
        signal.signal(signal.SIGTERM, lambda *_: self._stop(GENTLY))
        signal.signal(signal.SIGINT, lambda *_: self._stop(AT_ONCE))
        try:
            while not self.told_to_stop.is_set():
                self._look()
                self.told_to_stop.wait(LOOK_EVERY)
        finally:
            self._end()

    def _stop(self, grace: float) -> None:
        self.grace = grace
        self.told_to_stop.set()

    def _look(self) -> None:
        self.web.look()
        if not self.served and self.web.running:
            self._ask()
        if self.served or monotonic() - self.began > WORK_AT_LATEST:
            self.worker.look()

    def _ask(self) -> None:
        host, port = self.web.terms["host"], self.web.terms["port"]
        self.served = answers(host, port, within=ANSWER_WITHIN)
        if self.served:
            say(f"Regulars is at {address(host, port)} — Ctrl-C stops it")

    def _end(self) -> None:
        deadline = monotonic() + self.grace
        for child in (self.web, self.worker):
            child.tell_to_end()
        for child in (self.web, self.worker):
            child.end(within=max(0.1, deadline - monotonic()))


def main(children: str) -> None:
    try:
        Household(**json.loads(children)).run()
    except Refused as refused:
        say(f"regulars: {refused}")
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1])
