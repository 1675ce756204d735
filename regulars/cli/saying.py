"""How every process of ours speaks to the person at the terminal; costs nothing to import."""

import sys


class Refused(Exception):
    """A command cannot do what it was asked; the sentence says why and what would do."""


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
