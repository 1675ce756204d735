"""Where the lake is: a folder, or an object store named by a URL."""

import os
from pathlib import Path

import pyarrow.fs as pafs
from deltalake.fs import DeltaStorageHandler
from django.conf import settings


def root() -> str:
    """Return the folder or URL under which everything of the lake lies."""
    return str(settings.REGULARS_LAKE).rstrip("/")


def under(*names: str) -> str:
    """Return the place of these names, one inside the other, in the lake."""
    return "/".join((root(), *names))


def on_disk(uri: str) -> bool:
    """Tell whether a place is a folder here, and not a URL."""
    return "://" not in uri


def filesystem(uri: str) -> pafs.FileSystem:
    """Return a file system whose root is this place in the lake, made if it is missing."""
    if on_disk(uri):
        Path(uri).mkdir(parents=True, exist_ok=True)
        return pafs.SubTreeFileSystem(uri, pafs.LocalFileSystem())
    store = pafs.PyFileSystem(DeltaStorageHandler(root()))
    inside = uri.removeprefix(root()).strip("/")
    return pafs.SubTreeFileSystem(inside, store) if inside else store


def make_durable(uri: str, path: str) -> None:
    """Have a file that was written reach the disk, before anything says that it is there."""
    if on_disk(uri):
        descriptor = os.open(Path(uri, path), os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
