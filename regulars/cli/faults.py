"""What goes wrong around us, in sentences: a full disk, a server that is away, a broken file."""

import errno
import os
import re
import tempfile
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from regulars.lake.public import EngineUnavailable
from regulars.work.public import describe, trace

# What those say who pass the system's word on in a text of their own.
FULL = (os.strerror(errno.ENOSPC), os.strerror(errno.EDQUOT), "disk is full")
CLOSED = (os.strerror(errno.EROFS), os.strerror(errno.EACCES), "readonly database")
SPOILT = ("not a database", "disk image is malformed")
START = "Start the server, or name another in DATABASE_URL."
HOPES = {
    "refused": START,
    "timed out": START,
    "timeout expired": START,
    "resolve host": "Look at the host in DATABASE_URL.",
    "database": "Make it, or name another in DATABASE_URL.",
    "role": "Look at the user in DATABASE_URL.",
    "authentication failed": "Look at the user and the password in DATABASE_URL.",
}


def sentence_of(error: BaseException) -> str:
    """Say what went wrong and what would do; what nobody foresaw leaves its trace in a file."""
    if isinstance(error, EngineUnavailable):
        return str(error)
    told = [str(one) for one in _chain(error)]
    if any(word in text for text in told for word in FULL):
        return f"The disk is full{_where(error)}. Make room, and say it again."
    if any(word in text for text in told for word in CLOSED):
        return f"Nothing can be written{_where(error)}. Change who may, or name another place."
    if isinstance(error, DatabaseError | InterfaceError):
        return _of_database(error)
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}."
    return _unforeseen(error)


def place_of_database() -> str:
    """Name the database as a person knows it: a file, or a server and a name; no password."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(told["NAME"])
    host = told["HOST"] or "the local socket"
    return f"{host}{':' if told['PORT'] else ''}{told['PORT']}/{told['NAME']}"


def _of_database(error: BaseException) -> str:
    said = str(error).strip().partition("\n")[0].rpartition("failed: ")[2].removeprefix("FATAL:")
    said = re.sub(r"\[Errno -?\d+\] ", "", said)
    place = place_of_database()
    if connection.vendor == "sqlite":
        if any(word in said for word in SPOILT):
            return (
                f"{place} is damaged, or no database. Put a good copy in its place, or name "
                "another folder with REGULARS_DATA."
            )
        return f"The database {place} cannot be used: {said}."
    hope = next((hope for word, hope in HOPES.items() if word in said), "")
    return f"The PostgreSQL database {place} cannot be used: {said.strip(' .')}. {hope}".rstrip()


def _where(error: BaseException) -> str:
    names = (getattr(one, "filename", None) for one in _chain(error))
    if isinstance(error, DatabaseError):
        return f" at {place_of_database()}"
    named = next(filter(None, names), None)
    return f" at {named}" if named else f" at {settings.REGULARS_DATA} or {tempfile.gettempdir()}"


def _unforeseen(error: BaseException) -> str:
    with tempfile.NamedTemporaryFile(
        "w", prefix="regulars-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(f"{trace(error)}\n")
    return f"That was not foreseen: {describe(error)}. Please report it with {file.name}."


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
