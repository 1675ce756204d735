"""``regulars serve`` as a person starts it: real processes, a data folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.prepared import leading_to, prepared

ENTRY = "from regulars.cli.main import main; main()"


pytestmark = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="on SQLite, whatever database the tests have"
)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return prepared(tmp_path)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(environment: dict[str, str], *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ENTRY, *words]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


@contextmanager
def serving(environment: dict[str, str], port: int) -> Iterator[subprocess.Popen[str]]:
    process = start(environment, "serve", "--port", str(port))
    try:
        wait_until(lambda: health(port) is not None)
        yield process
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
        wait_until(lambda: not children(port))


def health(port: int) -> dict[str, object] | None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return json.load(answer)
    except OSError:
        return None


def children(port: int) -> list[int]:
    """The web processes of that port."""
    found = subprocess.run(
        ["pgrep", "-f", f'regulars.cli.child web .*"port": {port},'],
        check=False,
        capture_output=True,
        text=True,
    )
    return [int(pid) for pid in found.stdout.split()]


def workers(supervisor: int) -> list[int]:
    found = subprocess.run(
        ["pgrep", "-P", str(supervisor), "-f", "regulars.cli.child worker"],
        check=False,
        capture_output=True,
        text=True,
    )
    return [int(pid) for pid in found.stdout.split()]


def wait_until(condition, *, seconds: float = 60) -> None:
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "it took too long"
        sleep(0.05)


def test_it_serves_works_survives_the_death_of_its_parts_and_stops(environment, port):
    with serving(environment, port) as process:
        wait_until(lambda: health(port) == {"database": "answers", "workers": 1})
        for pid in children(port):
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: health(port) is not None)
        [killed] = workers(process.pid)
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: workers(process.pid) not in ([], [killed]))
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=15) == 0
        assert children(port) == []


def test_what_cannot_be_mended_by_trying_again_ends_it_with_a_sentence(environment, port):
    Path(environment["REGULARS_DATA"], "regulars.sqlite3").write_text("not a database\n" * 100)
    process = start(environment, "serve", "--port", str(port))
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "regulars.sqlite3 is damaged, or no database." in said
    assert "regulars: web cannot start" in said
    assert "Traceback" not in said


def test_nothing_outlives_a_killed_supervisor(environment, port):
    with serving(environment, port) as process:
        process.kill()
        process.wait()
        wait_until(lambda: not children(port))


def test_a_taken_port_is_refused_with_a_sentence(environment):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start(environment, "serve", "--port", str(taken.getsockname()[1]))
        _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Name another with --port." in said
    assert "Traceback" not in said


def test_processes_that_start_together_in_a_new_folder_prepare_it_once(tmp_path):
    environment = leading_to(tmp_path)
    both = [start(environment, "verify", "--only", "timeline") for _ in range(2)]
    said = [process.communicate(timeout=60)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("Preparing the database" in words for words in said) == 1
