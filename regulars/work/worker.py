"""The worker: does the duties it leads and the tasks it can get, until told to stop."""

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue
from time import monotonic

from django.db import Error, close_old_connections, connections

from regulars.work.claiming import claim_task
from regulars.work.keeper import keeping
from regulars.work.leadership import Leadership
from regulars.work.leases import LEASE_SECONDS
from regulars.work.rota import Duty, duties
from regulars.work.running import run_claimed
from regulars.work.troubles import describe
from regulars.work.turn import Turn

LOOK_EVERY = 0.25  # seconds
SEEK_EVERY = 3.0
TASK_EVERY = 0.5
GRACE = 10.0  # seconds for what is running to come to an end

log = logging.getLogger(__name__)


class Worker:
    """One worker process: a few threads for duties, one or more for tasks."""

    def __init__(self, *, task_threads: int = 1, duty_threads: int = 3) -> None:
        self.stopping = threading.Event()
        self._leadership = Leadership()
        self._turns = {name: Turn(duty) for name, duty in duties().items()}
        self._sought_at: dict[str, float] = {}
        self._handed_out: SimpleQueue[Turn | None] = SimpleQueue()
        jobs = [self._do_duties] * duty_threads + [self._do_tasks] * task_threads
        self._threads = [threading.Thread(target=job, daemon=True) for job in jobs]

    def run(self) -> bool:
        """Work until ``stopping`` is set; return whether everything came to an end in time."""
        for thread in self._threads:
            thread.start()
        with keeping(self._leadership, every=LEASE_SECONDS / 4):
            while not self.stopping.wait(LOOK_EVERY):
                try:
                    self._hand_out_duties()
                except Error as error:
                    log.warning("the database does not answer: %s", describe(error))
                    connections.close_all()
                    self.stopping.wait(SEEK_EVERY)
            return self._come_to_an_end()

    def _hand_out_duties(self) -> None:
        for turn in self._turns.values():
            if turn.due and self._leads(turn.duty) and turn.due:
                turn.begin()
                self._handed_out.put(turn)

    def _leads(self, duty: Duty) -> bool:
        if duty.name in self._leadership:
            return True
        now = monotonic()
        if now - self._sought_at.get(duty.name, -SEEK_EVERY) < SEEK_EVERY:
            return False
        self._sought_at[duty.name] = now
        if not self._leadership.seek(duty.name):
            return False
        self._turns[duty.name].resume()
        return True

    def _do_duties(self) -> None:
        while (turn := self._handed_out.get()) is not None and not self.stopping.is_set():
            try:
                turn.run(worker=self._leadership.holder, stop_asked=self._stop_asked(turn.duty))
            except Error as error:
                log.warning("could not note how %s fared: %s", turn.duty.name, describe(error))
            close_old_connections()
        connections.close_all()

    def _stop_asked(self, duty: Duty) -> Callable[[], bool]:
        return lambda: self.stopping.is_set() or duty.name not in self._leadership

    def _do_tasks(self) -> None:
        while not self.stopping.is_set():
            try:
                task = claim_task()
                if task is not None:
                    log.info("task %s (%s) begins, attempt %s", task.pk, task.kind, task.attempts)
                    run_claimed(task, stopping=self.stopping.is_set)
            except Error as error:
                log.warning("the database does not answer: %s", describe(error))
                task = None
            close_old_connections()
            if task is None:
                self.stopping.wait(TASK_EVERY)
        connections.close_all()

    def _come_to_an_end(self) -> bool:
        deadline = monotonic() + GRACE
        for _ in self._threads:
            self._handed_out.put(None)
        for thread in self._threads:
            thread.join(max(0.0, deadline - monotonic()))
        ended = not any(thread.is_alive() for thread in self._threads)
        if ended:
            self._leadership.give_back()
        return ended
