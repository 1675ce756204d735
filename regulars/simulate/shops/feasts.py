"""Feasts that move from year to year, and those that do not."""

from datetime import date

YEARS = range(2015, 2041)


def every(month: int, day: int) -> tuple[date, ...]:
    """Return that day of every year."""
    return tuple(date(year, month, day) for year in YEARS)


def _dates(days: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in days.split())


SPRING_FESTIVAL = _dates(
    "2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 "
    "2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03"
)
MID_AUTUMN = _dates(
    "2015-09-27 2016-09-15 2017-10-04 2018-09-24 2019-09-13 2020-10-01 2021-09-21 2022-09-10 "
    "2023-09-29 2024-09-17 2025-10-06 2026-09-25 2027-09-15 2028-10-03 2029-09-22 2030-09-12"
)
EASTER = _dates(
    "2015-04-05 2016-03-27 2017-04-16 2018-04-01 2019-04-21 2020-04-12 2021-04-04 2022-04-17 "
    "2023-04-09 2024-03-31 2025-04-20 2026-04-05 2027-03-28 2028-04-16 2029-04-01 2030-04-21"
)
