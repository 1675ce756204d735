"""A migrated SQLite folder to copy: making one takes seconds, and many tests start in a new one."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path


def prepared(folder: Path) -> dict[str, str]:
    """Fill a folder with an installation in which nothing is yet; return the way there."""
    shutil.copytree(_template(), folder, dirs_exist_ok=True)
    return leading_to(folder)


def leading_to(folder: Path) -> dict[str, str]:
    """Return the environment of processes that are at home in the folder."""
    here = str(Path(__file__).resolve().parent.parent)
    return os.environ | {"REGULARS_DATA": str(folder), "DATABASE_URL": "", "PYTHONPATH": here}


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="regulars-prepared-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    migrate = "from regulars.cli.main import main; main()", "manage", "migrate", "--verbosity", "0"
    subprocess.run([sys.executable, "-c", *migrate], env=leading_to(folder), check=True)
    return folder
