"""Pack drafts into a word that can travel in an address or a form, and unpack it."""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from regulars.differentiate.segments.characters import check_characters
from regulars.differentiate.segments.problem import refuse

LARGEST = 4_000_000  # bytes, unpacked
LONGEST_ADDRESS = 12_000


def pack(told: Any) -> str:
    """Return JSON as a word of letters, digits, - and _."""
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return urlsafe_b64encode(zlib.compress(written, 9)).decode().rstrip("=")


def fits_address(packed: str) -> bool:
    """Whether a draft is short enough to stand in an address."""
    return len(packed) <= LONGEST_ADDRESS


def drafted(packed: str, **more: str) -> str:
    """Return the query of an address that holds a draft; too long a one stays in its form."""
    if not fits_address(packed):
        return "?"
    return "?" + urlencode({"draft": packed} | {name: said for name, said in more.items() if said})


def unpack(word: str) -> Any:
    """Return what was packed. Raises NotATree."""
    opened = zlib.decompressobj()
    try:
        packed = urlsafe_b64decode(word.encode() + b"=" * (-len(word) % 4))
        written = opened.decompress(packed, LARGEST)
        told = json.loads(written) if opened.eof else None
    except RecursionError:
        raise refuse((), _("This segment is nested too deeply.")) from None
    except (ValueError, zlib.error):
        raise refuse((), _("This draft cannot be read.")) from None
    if not opened.eof:
        raise refuse((), _("This draft cannot be read."))
    check_characters(told)
    return told
