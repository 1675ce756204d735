"""Let nothing of a person remain in any file of the lake."""

from collections.abc import Collection

from regulars.lake.clearing import clear, folders
from regulars.lake.compaction import compact
from regulars.lake.computed import forget
from regulars.lake.exclusion import COMPACTION, COMPUTED, only_writer
from regulars.lake.following import catch_up
from regulars.lake.models import Snapshot
from regulars.lake.snapshots import current, home_of


def erase(*, customer_ids: Collection[int]) -> None:
    """Bring the lake to what the database now says of these customers, and destroy the rest.

    The database is changed first, by whoever owns the rows. Then this mirrors the change, writes
    every void away, takes the customers out of the computed tables, forgets older snapshots and
    deletes every file replaced. A reader that is open meanwhile may fail, and asks again. May be
    repeated; after a crash it must be. Raises InTransaction.
    """
    catch_up()
    compact(thoroughly=True)
    with only_writer(of=COMPUTED), only_writer(of=COMPACTION), only_writer():
        for table in folders(home_of(current()), "computed"):
            forget(table, customer_ids=customer_ids)
        Snapshot.objects.exclude(pk=current().pk).delete()
        clear(at_once=True)
