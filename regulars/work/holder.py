"""Say who holds something, so precisely that others on the same machine can see it died."""

import os
import secrets
import socket
from functools import cache
from hashlib import blake2s
from pathlib import Path

from django.db import connection

from regulars.work.pulse import beats, pulse


def new_holder() -> str:
    """Return a name that no other holding ever had: machine, process and a random part."""
    process = _process(os.getpid())
    if connection.vendor == "sqlite":
        pulse.begin(process)
    return f"{_host()}:{_machine()}:{process}:{secrets.token_hex(4)}"


def lives_here(holder: str) -> bool | None:
    """Tell whether the holder's process is alive; None when it is not on this machine."""
    host, machine, process = [*holder.split(":"), "", "", ""][:3]
    if (host, machine) != (_host(), _machine()):
        return None
    pid = process.partition("@")[0]
    return pid.isdecimal() and _process(int(pid)) == process


def gives_a_sign(holder: str) -> bool:
    """Tell whether the holder, a living process of this machine, is not stopped or hung."""
    return beats(holder.split(":")[2])


@cache
def _host() -> str:
    return socket.gethostname().replace(":", "-")[:24]


@cache
def _machine() -> str:
    """One boot of one kernel, and one namespace of process numbers in it."""
    parts = [socket.gethostname()]
    boot, namespace = Path("/proc/sys/kernel/random/boot_id"), Path("/proc/self/ns/pid")
    if boot.exists() and namespace.is_symlink():
        parts += [boot.read_text(), str(namespace.readlink())]
    return blake2s("".join(parts).encode(), digest_size=6).hexdigest()


def _process(pid: int) -> str:
    """Return ``pid@start``; no start when it is gone. Numbers are used again."""
    try:
        state, *rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return f"{pid}@{_start_without_proc(pid)}"
    return f"{pid}@" if state in "ZX" else f"{pid}@{rest[18]}"


def _start_without_proc(pid: int) -> str:
    if Path("/proc/self/stat").exists():
        return ""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except PermissionError:
        return "?"
    return "?"
