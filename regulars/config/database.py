"""Turn DATABASE_URL into Django's description of a database."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from regulars.config.env import BadSetting

# A machine that vanished, or a client that hangs in a transaction, holds back what everybody else
# may read: let the server notice within a minute, and within a quarter of an hour.
FORGET_THE_DEAD = (
    "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3 "
    "-c idle_in_transaction_session_timeout=900000"
)
ANSWER_WITHIN = 10  # seconds; a host that swallows what it is sent would keep us for minutes


def database(url: str, *, folder: Path) -> dict[str, Any]:
    """Describe the PostgreSQL server at ``url``; the SQLite file in ``folder`` when it is empty."""
    if not url:
        return _sqlite(folder / "regulars.sqlite3")
    parts = urlsplit(url)
    if (
        parts.scheme not in {"postgres", "postgresql"}
        or not parts.path.strip("/")
        or not _port_is_sound(parts)
    ):
        raise BadSetting(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name; "
            "leave it out for the embedded SQLite file."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": FORGET_THE_DEAD, "connect_timeout": ANSWER_WITHIN}
        | dict(parse_qsl(parts.query, keep_blank_values=True)),
    }


def _port_is_sound(parts: SplitResult) -> bool:
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


def _sqlite(path: Path) -> dict[str, Any]:
    # IMMEDIATE: a transaction that begins by reading and then writes must not fail half-way
    # because another process wrote in between. So what only reads opens no transaction.
    # FULL: what was acknowledged is on the disk. The cache is per connection, of which every
    # thread keeps one; the rest is read through the shared mapping.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-32768; "
                "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456"
            ),
        },
        "TEST": {"NAME": str(path.with_name("test.sqlite3"))},
    }
