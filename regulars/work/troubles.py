"""Tell troubles that pass by themselves from those that come again, and how to speak of them."""

import traceback

from django.db import DatabaseError, InterfaceError, OperationalError

# Connection lost, deadlock or serialization, out of resources, shutting down or cancelled; a lock
# not got in time. https://www.postgresql.org/docs/15/errcodes-appendix.html
PASSING_STATES = ("08", "40", "53", "57", "55P03")
# Busy, locked, out of memory, interrupted, I/O, full, locking protocol.
# https://www.sqlite.org/rescode.html
PASSING_CODES = {5, 6, 7, 9, 10, 13, 15}
LONGEST = 500


def will_pass(error: BaseException) -> bool:
    """Tell whether the same work may succeed later: the database was busy, full or away."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    if state is not None:
        return str(state).startswith(PASSING_STATES)
    return code is None or code & 255 in PASSING_CODES


def describe(error: BaseException) -> str:
    """Say what went wrong in a line that may be kept: without the rows a database error quotes."""
    sentence = str(error)
    if isinstance(error, DatabaseError):
        sentence = sentence.partition("\n")[0]
    return f"{type(error).__name__}: {sentence[:LONGEST]}" if sentence else type(error).__name__


def trace(error: BaseException) -> str:
    """Say what went wrong and where, for the log, as discreetly."""
    return f"{describe(error)}\n{''.join(traceback.format_tb(error.__traceback__))}".rstrip()
