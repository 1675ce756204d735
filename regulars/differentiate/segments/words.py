"""Words that are in use at a brand, found in the lake while somebody types."""

from collections.abc import Callable
from functools import cache

from regulars.lake.public import reading
from regulars.organization.public import Brand

MOST = 20


@cache
def words_of(table: str, column: str) -> Callable[[Brand, str], list[str]]:
    """Return how to find words of a column that contain a text, the most frequent first.

    Finding raises NeverMirrored.
    """

    def found(brand: Brand, part: str) -> list[str]:
        with reading() as lake:
            rows = lake.table(table)
            rows = rows.filter(rows.brand_id == brand.pk, rows[column] != "")
            if part:
                rows = rows.filter(rows[column].lower().contains(part.lower()))
            counted = rows.group_by(word=rows[column]).agg(times=rows.count())
            ranked = counted.order_by(counted.times.desc(), counted.word).limit(MOST)
            return [str(word) for word in ranked.to_pyarrow()["word"].to_pylist()]

    return found
