"""Read the environment, and refuse nonsense with a sentence that says what would do."""

import os
from pathlib import Path
from tempfile import TemporaryFile


class BadSetting(Exception):
    """A variable of the environment cannot be used as it stands."""


def text(name: str, default: str) -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    value = text(name, "yes" if default else "no").lower()
    if value in {"yes", "true", "1", "on"}:
        return True
    if value in {"no", "false", "0", "off"}:
        return False
    raise BadSetting(f"{name} is {value!r}: say yes or no.")


def number(name: str, default: int, *, least: int, most: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or not least <= int(value) <= most:
        raise BadSetting(f"{name} is {value!r}: say a whole number from {least} to {most}.")
    return int(value)


def one_of(name: str, *known: str) -> str:
    """Read one of a few words, by default the first."""
    value = text(name, known[0]).lower()
    if value not in known:
        raise BadSetting(f"{name} is {value!r}: say {' or '.join(known)}.")
    return value


def folder(name: str, default: str) -> Path:
    path = Path(text(name, default)).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise BadSetting(f"{name} is {path}, which is a file: name a folder.")
    return path


def make(folder: Path, *, name: str) -> None:
    """Make a folder that the variable ``name`` tells, so that files can be written in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return
    except OSError as error:
        raise BadSetting(
            f"{name} is {folder}, where nothing can be written: {error.strerror}. "
            f"Name another folder, as in {name}=/tmp/regulars."
        ) from error


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
