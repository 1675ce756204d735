"""Take the lines of a text, and give some back."""

from collections import deque
from typing import TextIO


class Lines:
    """Lines end where a newline is, and nowhere else; a line given back comes again."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._waiting: deque[str] = deque()

    @property
    def waiting(self) -> bool:
        return bool(self._waiting)

    def take(self) -> str | None:
        if self._waiting:
            return self._waiting.popleft()
        return self._text.readline() or None

    def take_some(self, size: int) -> list[str]:
        """Take lines of about ``size`` characters together."""
        if self._waiting:
            some = list(self._waiting)
            self._waiting.clear()
            return some
        return self._text.readlines(size)

    def give_back(self, lines: list[str]) -> None:
        self._waiting.extendleft(reversed(lines))
