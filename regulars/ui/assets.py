"""What browsers keep: everything static is served under a name made of its content."""

import hashlib
import re
from functools import cache
from pathlib import Path

PRODUCT = Path(__file__).resolve().parent.parent
STYLES = PRODUCT / "ui" / "static" / "ui"
IMPORT = re.compile(r'@import url\("([^"]+)"\);\n')


@cache
def fingerprint() -> str:
    """Digest all static files. Any process of one release answers the same."""
    digest = hashlib.sha256()
    for folder in sorted(PRODUCT.glob("**/static")):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(path.relative_to(PRODUCT).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def stylesheet() -> str:
    """Join the style sheet and what it imports, so that a page waits for one file only."""
    return IMPORT.sub(_imported, (STYLES / "ui.css").read_text(encoding="utf-8"))


def _imported(found: re.Match[str]) -> str:
    return (STYLES / found[1]).read_text(encoding="utf-8")
