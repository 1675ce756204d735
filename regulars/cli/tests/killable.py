"""A process that forks a ``regulars`` for every line it reads, which may kill itself with -9.

A line is the words of the command and, for each moment at which to die, a function by its module
and name, and the call that is the last: killed in front of its effects, or behind them.
"""

import json
import os
import signal
import sys
from importlib import import_module
from typing import Any

import django


def main() -> None:
    told = json.loads(sys.argv[1])
    os.environ.update(told["environment"])
    django.setup()
    from django.conf import settings
    from django.db import connections

    settings.DATABASES["default"]["NAME"] = told["database"]
    connections.settings["default"]["NAME"] = told["database"]
    for module in ("regulars.cli.main", "regulars.cli.imports", "pandas"):
        import_module(module)
    answer("ready")
    for line in sys.stdin:
        answer(run(**json.loads(line)))


def run(words: list[str], dies: list[Any], values: dict[str, Any]) -> int:
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        for name, value in values.items():
            place, attribute = found(name)
            setattr(place, attribute, value)
        for moment in dies:
            dying(*moment)
        sys.argv = ["regulars", *words]
        os._exit(entered())
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def entered() -> int:
    from regulars.cli.main import main as regulars

    try:
        regulars()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def dying(name: str, last: int, before: bool) -> None:
    place, attribute = found(name)
    function, calls = getattr(place, attribute), []

    def deadly(*args: Any, **named: Any) -> Any:
        calls.append(1)
        if before and len(calls) == last:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*args, **named)
        if len(calls) == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(place, attribute, deadly)


def found(name: str) -> tuple[Any, str]:
    module, _, attribute = name.partition(":")
    return import_module(f"regulars.{module}"), attribute


def answer(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
