"""The worker: does the duties it leads and the tasks it can get, until told to stop."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from django.db import DatabaseError, close_old_connections, connections

from regulars.work.claiming import claim_task
from regulars.work.keeper import keeping
from regulars.work.leadership import Leadership
from regulars.work.leases import LEASE_SECONDS
from regulars.work.rota import Duty, duties
from regulars.work.running import run_claimed
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
        self._duty_pool = ThreadPoolExecutor(duty_threads, thread_name_prefix="duty")
        self._task_threads = [
            threading.Thread(target=self._do_tasks, name=f"task-{n}", daemon=True)
            for n in range(task_threads)
        ]

    def run(self) -> bool:
        """Work until ``stopping`` is set; return whether everything came to an end in time."""
        for thread in self._task_threads:
            thread.start()
        with keeping(self._leadership, every=LEASE_SECONDS / 4):
            while not self.stopping.wait(LOOK_EVERY):
                try:
                    self._hand_out_duties()
                except DatabaseError as error:
                    log.warning("the database does not answer: %s", error)
                    connections.close_all()
                    self.stopping.wait(SEEK_EVERY)
            return self._come_to_an_end()

    def _hand_out_duties(self) -> None:
        for turn in self._turns.values():
            if turn.due and self._leads(turn.duty) and turn.due:
                turn.begin()
                self._duty_pool.submit(self._do_duty, turn)

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

    def _do_duty(self, turn: Turn) -> None:
        try:
            turn.run(worker=self._leadership.holder, stop_asked=lambda: self._must_stop(turn.duty))
        except DatabaseError as error:
            log.warning("could not write down how %s fared: %s", turn.duty.name, error)
        finally:
            close_old_connections()

    def _must_stop(self, duty: Duty) -> bool:
        return self.stopping.is_set() or duty.name not in self._leadership

    def _do_tasks(self) -> None:
        while not self.stopping.is_set():
            try:
                task = claim_task()
                if task is not None:
                    log.info("task %s (%s) begins, attempt %s", task.pk, task.kind, task.attempts)
                    run_claimed(task, stopping=self.stopping.is_set)
            except DatabaseError as error:
                log.warning("the database does not answer: %s", error)
                task = None
            close_old_connections()
            if task is None:
                self.stopping.wait(TASK_EVERY)
        connections.close_all()

    def _come_to_an_end(self) -> bool:
        deadline = monotonic() + GRACE
        self._duty_pool.shutdown(wait=False, cancel_futures=True)
        for thread in self._task_threads:
            thread.join(max(0.0, deadline - monotonic()))
        while any(turn.running for turn in self._turns.values()) and monotonic() < deadline:
            threading.Event().wait(0.05)
        self._leadership.give_back()
        return not any(thread.is_alive() for thread in self._task_threads) and not any(
            turn.running for turn in self._turns.values()
        )
