"""A process that forks workers for every line it reads, and may kill them.

A line is a list of works, done side by side, and the seconds after which to kill them, or null.
Forking is quick, so that many kills fit in a test; nothing is opened before a fork.
"""

import json
import os
import signal
import sys
import time
from contextlib import suppress

import django


def main() -> None:
    told = json.loads(sys.argv[1])
    os.environ.update(told["environment"])
    django.setup()
    from django.conf import settings
    from django.db import connections

    settings.DATABASES["default"]["NAME"] = told["database"]
    connections.settings["default"]["NAME"] = told["database"]
    load()
    answer("ready")
    for line in sys.stdin:
        works, seconds = json.loads(line)
        began = time.monotonic()
        answers = side_by_side(works, seconds)
        answer([*answers, time.monotonic() - began])


def load() -> None:
    """Have what a first question loads loaded before a fork, without a thread left running."""
    import duckdb
    import ibis

    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("CREATE TABLE t AS SELECT 1 AS id")
        rows = ibis.duckdb.from_connection(connection).table("t")
        rows.outer_join(rows, "id").count().to_pyarrow()


def side_by_side(works: list[str], seconds: float | None) -> list[str]:
    forked = [fork(work) for work in works]
    if seconds is not None:
        time.sleep(seconds)
        for pid, _ in forked:
            os.kill(pid, signal.SIGKILL)
    return [heard(pid, reader) for pid, reader in forked]


def fork(work: str) -> tuple[int, int]:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        os.write(writer, do(work).encode())
        os._exit(0)
    os.close(writer)
    return pid, reader


def heard(pid: int, reader: int) -> str:
    with os.fdopen(reader) as told:
        answer = told.read()
    _, status = os.waitpid(pid, 0)
    return answer or f"ended by {os.waitstatus_to_exitcode(status)}"


def do(work: str) -> str:
    from regulars.lake import public as lake

    name, _, seconds = work.partition(" ")
    if name == "mirror":
        return mirror(float(seconds))
    if name == "read":
        return read(float(seconds))
    getattr(lake, name)()
    return "done"


def mirror(seconds: float) -> str:
    from regulars.lake.public import catch_up, compact, follow

    until = time.monotonic() + seconds
    catch_up()
    while time.monotonic() < until:
        follow()
        compact(thoroughly=True)
    return "done"


def read(seconds: float) -> str:
    """Read as long, but five times, and count the orders that did not agree with their lines."""
    from regulars.lake.public import NeverMirrored, reading

    until, seen, wrong = time.monotonic() + seconds, 0, 0
    while time.monotonic() < until or seen < 5:
        with suppress(NeverMirrored), reading() as lake:
            orders, lines = lake.table("orders"), lake.table("lines")
            worth = lines.group_by("order_id").aggregate(worth=lines.amount_minor.sum())
            both = orders.outer_join(worth, orders.id == worth.order_id)
            same = (both.net_minor == both.worth).fill_null(False)
            wrong += int(both.filter(~same).count().to_pyarrow().as_py())
            seen += 1
    return json.dumps({"seen": seen, "wrong": wrong})


def answer(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
