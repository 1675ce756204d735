from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from regulars.lake.snapshots import latest_snapshot
from regulars.lake.verification import differences
from regulars.work.public import claim


@claim(_("the lake shows what the database holds"))
def lake() -> Iterator[str]:
    if latest_snapshot() is not None:
        yield from map(str, differences())
