"""The files that commands are told to write."""

from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryFile

from regulars.cli.saying import Misused, Refused


def file_to_write(path: Path, *, endings: Collection[str] = ()) -> Path:
    """Return the path when a file can be written there, so that no work is done in vain.

    Raises Misused for an ending that is none of ``endings``, and Refused for a folder that is not
    there or takes nothing.
    """
    if endings and path.suffix.lower() not in endings:
        raise Misused(f"{path} must end in {', '.join(endings)}.")
    folder_to_write(path.parent)
    return path


def folder_to_write(folder: Path) -> Path:
    """Return the folder when files can be written there. Raises Refused."""
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}. Make it, or name another.")
    try:
        with TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise Refused(f"Nothing can be written in {folder}: {error.strerror}.") from error
