"""What the tests of the numbering share."""

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from regulars.lake.models import Removal
from regulars.lake.public import horizon


class Follower:
    """Follows the changes by cursor, as the mirror and the readers do."""

    def __init__(self) -> None:
        self.cursor = horizon()
        self.seen: list[int] = []

    def follow(self) -> None:
        limit = horizon()
        new = Removal.objects.filter(revision__gt=self.cursor, revision__lte=limit)
        self.seen += new.order_by("revision").values_list("revision", flat=True)
        self.cursor = max(self.cursor, limit)


def open_connection() -> BaseDatabaseWrapper:
    other = connection.copy()
    other.inc_thread_sharing()
    return other
