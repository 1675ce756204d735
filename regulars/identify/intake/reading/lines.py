"""Take the lines of a text, and give some back."""

import io
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

    def take_block(self, size: int) -> str:
        """Take whole lines of about ``size`` characters as one text."""
        if self._waiting:
            some = "".join(self._waiting)
            self._waiting.clear()
            return some
        block = self._text.read(size)
        return block + self._text.readline() if block else ""

    def give_back(self, lines: list[str]) -> None:
        self._waiting.extendleft(reversed(lines))

    def give_back_block(self, block: str) -> None:
        self.give_back(io.StringIO(block, newline="").readlines())
