"""How every process of ours speaks to the person at the terminal; costs nothing to import."""

import sys


class Refused(Exception):
    """A command cannot do what it was asked; the sentence says why and what would do."""

    exit_code = 1


class Misused(Refused):
    """The words of a command are wrong, whatever the data folder holds."""

    exit_code = 2


def say(sentence: str) -> None:
    """Remark something to the person at the terminal: progress, warnings, refusals; no results."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
