"""Characters that no database can keep."""

import re

_UNKEPT = re.compile(r"[\x00\ud800-\udfff]")


def can_be_kept(text: str) -> bool:
    """Whether a text has neither a NUL nor half of a pair of surrogates."""
    return not _UNKEPT.search(text)
