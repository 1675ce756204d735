"""Put people known by their numbers beside the people of a brand."""

from typing import TYPE_CHECKING

from pyroaring import BitMap

from regulars.differentiate.segments.ground import Ground

if TYPE_CHECKING:
    import ibis

LIST = "list "  # what a list of people is called among the things an answer depends on


def crowd_beside(ground: Ground, key: str, people: BitMap) -> "ibis.Column":
    """Return whether each person is one of these; aliases count as who they are now."""

    def listed() -> "ibis.Table":
        import ibis
        import numpy as np
        import pyarrow as pa

        numbers = np.asarray(people.to_array(), np.int32)
        given = ibis.memtable(pa.table({"customer_id": numbers}))
        themselves = ground.theirs(given).distinct()
        return themselves.mutate(listed=True)

    return ground.beside(key, "listed", listed).fill_null(False)  # noqa: FBT003
