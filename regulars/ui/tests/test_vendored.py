import hashlib
import re
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[1] / "static/vendor"


def test_vendored_files_are_the_ones_that_were_looked_at():
    noted = re.findall(r"\| (\S+\.js) \| \S+ \| (\w{64}) \|", (VENDOR / "README.md").read_text())
    found = sorted(path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*.js"))
    assert sorted(name for name, _ in noted) == found
    for name, digest in noted:
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name
