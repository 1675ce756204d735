"""Tell whether every line of a text is one record beyond doubt, quickly."""

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.intp]
QUOTE, LINE_FEED, RETURN = b'"', b"\n", b"\r"


def lines_if_regular(block: bytes, delimiter: str, *, longest: int) -> int:
    """Return how many lines a block of whole lines has, 0 when it has to be read carefully.

    Regular means: no blank line and none longer than ``longest``, no NUL, no lone carriage return;
    quotes stand only around whole cells, doubled inside, and no cell goes over a line's end.
    """
    if b"\0" in block or not delimiter.isascii() or not block:
        return 0
    text = np.frombuffer(block, np.uint8)
    ends = np.flatnonzero(text == ord(LINE_FEED))
    if len(block) > longest and np.max(np.diff(ends, prepend=-1, append=len(text))) > longest:
        return 0
    if not _filled(text, ends) or not _returns_end_lines(block, text):
        return 0
    if QUOTE in block and not _quotes_are_whole(text, ends, delimiter):
        return 0
    return len(ends) + (not block.endswith(LINE_FEED))


def _filled(text: npt.NDArray[np.uint8], ends: Places) -> bool:
    """Look for lines with nothing in them, whichever way they end."""
    starts = np.concatenate(([0], ends + 1))
    starts = starts[starts < len(text)]
    first = text[starts]
    return not bool(np.any((first == ord(LINE_FEED)) | (first == ord(RETURN))))


def _returns_end_lines(block: bytes, text: npt.NDArray[np.uint8]) -> bool:
    if RETURN not in block:
        return True
    places = np.flatnonzero(text == ord(RETURN)) + 1
    if places[-1] >= len(text):
        return False
    return bool(np.all(text[places] == ord(LINE_FEED)))


def _quotes_are_whole(text: npt.NDArray[np.uint8], ends: Places, delimiter: str) -> bool:
    """Opening quotes follow, and closing ones precede, a cell's border or another quote."""
    quotes = np.flatnonzero(text == ord(QUOTE))
    if len(quotes) % 2 or np.any(np.searchsorted(quotes, ends) % 2):
        return False
    opening, closing = quotes[::2], quotes[1::2]
    before = text[np.maximum(opening - 1, 0)]
    after = text[np.minimum(closing + 1, len(text) - 1)]
    borders = np.frombuffer(f'{delimiter}\n"'.encode(), np.uint8)
    begins = np.isin(before, borders) | (opening == 0)
    finishes = np.isin(after, np.append(borders, ord(RETURN))) | (closing == len(text) - 1)
    return bool(np.all(begins) and np.all(finishes))
