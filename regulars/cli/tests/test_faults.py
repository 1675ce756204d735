"""What goes wrong around a command: a sentence with the place and what to do, never a trace."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from regulars.cli.faults import sentence_of
from tests.prepared import leading_to, prepared


def regulars(*words: str, **environment: str) -> tuple[int, str]:
    """Say it in a process of its own; return the exit code and what stands on stderr."""
    command = "import sys; from regulars.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", command, *words],
        env=leading_to(Path(environment["REGULARS_DATA"])) | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""
    for internal in ("Traceback", "Errno", "django", "psycopg"):
        assert internal not in done.stderr
    return done.returncode, done.stderr


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[Path]:
    """Mount a disk for the block, where that is allowed."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False).returncode
    except FileNotFoundError:
        done = 1
    if done:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://dan:secret@127.0.0.1:1/shop", "127.0.0.1:1/shop cannot be used: Connection"),
        ("postgresql://127.0.0.1:99999/shop", "DATABASE_URL must look like"),
    ],
)
def test_a_database_that_does_not_answer_is_named_with_its_host(tmp_path, url, said):
    code, told = regulars("verify", REGULARS_DATA=str(tmp_path), DATABASE_URL=url)
    assert code == 1
    assert said in told
    assert "secret" not in told


def test_a_data_folder_that_is_none_is_named(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    for place in (file, file / "below"):
        code, told = regulars("metrics", "--brand", "teahouse", REGULARS_DATA=str(place))
        assert code == 1
        assert f"REGULARS_DATA is {place}" in told
        assert "ame a" in told  # name another folder


def test_a_database_file_that_broke_is_named(tmp_path):
    prepared(tmp_path)
    with (tmp_path / "regulars.sqlite3").open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(200_000))
    code, told = regulars("user", "list", REGULARS_DATA=str(tmp_path))
    assert (code, str(tmp_path / "regulars.sqlite3") in told) == (1, True)


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    with small_disk(tmp_path / "closed", "ro") as folder:
        code, told = regulars("verify", REGULARS_DATA=str(folder))
        assert (code, f"{folder}, where nothing can be written" in told) == (1, True)
        words = ("simulate", "--size", "5", "--to", str(folder / "shop"))
        code, told = regulars(*words, REGULARS_DATA=str(tmp_path))
        assert (code, str(folder) in told) == (1, True)


def test_a_full_disk_is_named(tmp_path):
    with small_disk(tmp_path / "small", "size=4m") as folder:
        prepared(folder)
        told = {
            regulars("simulate", "--size", "2000", *to, REGULARS_DATA=str(data))
            for data, to in ((folder, ()), (tmp_path, ("--to", str(folder))))
        }
    assert {code for code, _ in told} == {1}
    assert all("The disk is full" in sentence for _, sentence in told)


def test_what_nobody_foresaw_leaves_its_trace_in_a_file(tmp_path, monkeypatch: Any):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(KeyError) as caught:
        {}["odd"]
    told = sentence_of(caught.value)
    (file,) = tmp_path.iterdir()
    assert told.endswith(f"{file}.")
    assert "test_faults.py" in file.read_text()
