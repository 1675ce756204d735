"""Make the data folder ready without being asked."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from regulars.cli.faults import sentence_of
from regulars.cli.saying import Refused, say
from regulars.identify.timeline.public import begin_reading

MIGRATING = 0x52_65_67_6D  # the advisory lock's number


def ensure_migrated() -> None:
    """Bring the database up to this version of the programme.

    Safe when several processes start at once: one migrates, the others wait for it.
    """
    try:
        if not _unapplied():
            return
        with _alone():
            if missing := _unapplied():
                say(f"Preparing the database: {missing} steps …")
                call_command("migrate", interactive=False, verbosity=0)
                begin_reading()
    except (DatabaseError, OSError) as error:
        raise Refused(sentence_of(error)) from error


def _unapplied() -> int:
    executor = MigrationExecutor(connection)
    newer = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    if newer and not executor.loader.replacements:
        app, name = min(newer)
        raise Refused(
            f"The database was written by a newer version of Regulars (it knows {app} {name}). "
            "Install that version, or name another folder with REGULARS_DATA."
        )
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _alone() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])
        return
    settings.REGULARS_DATA.mkdir(parents=True, exist_ok=True)
    with (settings.REGULARS_DATA / "migrating.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
