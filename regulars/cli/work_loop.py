"""The worker of one process, and how it hears that it should stop."""

import os
import signal

from regulars.cli.saying import say
from regulars.work.public import Worker


def work(*, tasks: int) -> None:
    """Do duties and tasks until SIGTERM or SIGINT; what does not end in time is broken off."""
    worker = Worker(task_threads=tasks)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stopping.set())
    say("worker: ready")
    if worker.run():
        say("worker: stopped")
    else:
        say("worker: stopped in the middle of something; it will be taken up again")
        os._exit(0)
