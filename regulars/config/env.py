"""Read the environment, and refuse nonsense with a sentence that says what would do."""

import os
from pathlib import Path


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


def folder(name: str, default: str) -> Path:
    path = Path(text(name, default)).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise BadSetting(f"{name} is {path}, which is a file: name a folder.")
    return path


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
