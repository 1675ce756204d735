"""Compare headers as people mean them."""

import re
import unicodedata

_MARKS = re.compile(r"[\W_]+")


def plain_name(header: str) -> str:
    """Return a header without case, spaces and marks: ``Invoice No.`` is ``invoiceno``."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", header).casefold())
