"""Read times as files write them, and say when they were.

``moment`` has for every text and zone: ``instant`` (UTC) and ``on_day``, the day in the brand's
zone. A row that names no zone has the empty one, which is that of the file's clock.
"""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop

from regulars.identify.intake.reading.refusal import FileRefused
from regulars.identify.intake.staging.filled import filled
from regulars.identify.intake.staging.zones import make_zones
from regulars.lake.public import Workbench

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - DuckDB's timestamps carry no zone
NUMERIC = r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})\b"


class DatesUnclear(FileRefused):
    """The dates may be day-first or month-first, and nothing in the file tells which."""


def date_order(db: Workbench, texts: str) -> str:
    """Tell from all dates of a column whether the day or the month comes first.

    ``texts`` is a table with a column ``text``. Raises DatesUnclear when they do not tell, or
    contradict each other.
    """
    found = db.execute(
        rf"""
        WITH part AS (
            SELECT text, CAST(regexp_extract(text, '{NUMERIC}', 1) AS INTEGER) AS one,
                   CAST(regexp_extract(text, '{NUMERIC}', 2) AS INTEGER) AS two
            FROM {texts} WHERE regexp_matches(text, '{NUMERIC}')
        )
        SELECT count(*) FILTER (one > 12), count(*) FILTER (two > 12),
               count(*) FILTER (one <> two),
               min(text) FILTER (one > 12), min(text) FILTER (two > 12),
               min(text) FILTER (one <> two)
        FROM part
        """  # noqa: S608
    ).fetchone()
    days_first, months_first, telling, day_sample, month_sample, sample = found or (0,) * 6
    if days_first and months_first:
        raise DatesUnclear(
            gettext_noop(
                "The file mixes day-first dates (%(one)s) and month-first dates (%(other)s). Say "
                "which is right; rows of the other kind will be refused."
            ),
            one=day_sample,
            other=month_sample,
        )
    if not days_first and not months_first and telling:
        raise DatesUnclear(
            gettext_noop("Is %(sample)s written day-first or month-first? The file does not tell."),
            sample=sample,
        )
    return MONTH_FIRST if months_first else DAY_FIRST


def make_moments(
    db: Workbench,
    texts: str,
    *,
    order: str,
    zones: Mapping[str, ZoneInfo],
    brand_zone: ZoneInfo,
) -> None:
    """Make ``moment`` of a table of distinct ``text`` and ``zone``; ``zones`` has them all."""
    db.execute(
        filled(
            _READ,
            texts=texts,
            numeric=NUMERIC,
            offset=_OFFSET,
            long=_formats(order, "%Y"),
            short=_formats(order, "%y"),
            named=_named("%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%a %d %b %Y"),
            brief=_named("%d %b %y", "%d %B %y"),
        )
    )
    found = db.execute("SELECT min(wall), max(wall) FROM read_moment").fetchone()
    first, last = found if found and found[0] else (EPOCH, EPOCH)
    make_zones(db, "file_zone", zones, first=first, last=last)
    make_zones(db, "brand_zone", {"": brand_zone}, first=first, last=last)
    db.execute(filled(_PLACE, texts=texts))


def _formats(order: str, year: str) -> str:
    date = f"%d/%m/{year}" if order == DAY_FIRST else f"%m/%d/{year}"
    clocks = (" %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", " %H:%M:%S.%f", "")
    return ", ".join(f"'{date}{clock}'" for clock in clocks)


def _named(*dates: str) -> str:
    clocks = (" %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", "")
    return ", ".join(f"'{date}{clock}'" for date in dates for clock in clocks)


# In turn: ISO; numbers with the day or the month first; names of months; digits only; the days
# since 1900 that spreadsheets count. Apart from these: seconds or milliseconds since 1970.
_READ = r"""
    CREATE OR REPLACE TABLE read_moment AS
    WITH clean AS (
        SELECT text, regexp_extract(text, '\d:\d\d.*?<offset>', 1) AS zone,
               regexp_replace(regexp_replace(regexp_replace(text,
                   '\s*[年月]\s*', '-', 'g'), '日', ' '), '\s*[时時点]\s*|分', ':', 'g') AS latin
        FROM (SELECT DISTINCT text FROM <texts>)
    ), bare AS (
        SELECT text, zone, trim(rtrim(replace(regexp_replace(
                   CASE WHEN zone = '' THEN latin ELSE regexp_replace(latin, '<offset>', '') END,
                   '\s+', ' ', 'g'), '秒', ''), ':')) AS bare
        FROM clean
    ), shaped AS (
        SELECT *, CASE WHEN regexp_matches(bare, '<numeric>')
                       THEN regexp_replace(bare, '<numeric>', '\1/\2/\3') END AS slashes,
               regexp_replace(regexp_replace(bare, '[,.]', ' ', 'g'), '[\s-]+', ' ', 'g') AS words
        FROM bare
    )
    SELECT text, coalesce(
        CASE WHEN regexp_matches(bare, '^\d{4}[-/]') THEN TRY_CAST(bare AS TIMESTAMP)
             WHEN regexp_matches(bare, '^\d{4}\.\d') THEN TRY_CAST(
                  regexp_replace(bare, '^(\d+)\.(\d+)\.', '\1-\2-') AS TIMESTAMP) END,
        CASE WHEN regexp_matches(slashes, '/\d{4}') THEN try_strptime(slashes, [<long>])
             WHEN slashes IS NOT NULL THEN try_strptime(slashes, [<short>]) END,
        CASE WHEN regexp_matches(words, '[A-Za-z]{3}.* \d{4}\b') THEN try_strptime(words, [<named>])
             WHEN regexp_matches(words, '[A-Za-z]{3}') THEN try_strptime(words, [<brief>]) END,
        CASE WHEN regexp_matches(bare, '^(19|20)\d{6}$') THEN try_strptime(bare, '%Y%m%d')
             WHEN regexp_matches(bare, '^(19|20)\d{12}$') THEN try_strptime(bare, '%Y%m%d%H%M%S')
             WHEN regexp_matches(bare, '^(19|20)\d{10}$') THEN try_strptime(bare, '%Y%m%d%H%M')
             WHEN regexp_matches(bare, '^[1-4]\d{4}(\.\d+)?$')
             THEN TIMESTAMP '1899-12-30' + to_microseconds(CAST(round(
                  CAST(bare AS DOUBLE) * 86400) AS BIGINT) * 1000000) END
    ) AS wall,
    CASE WHEN regexp_matches(bare, '^1\d{9}$') THEN make_timestamp(bare::BIGINT * 1000000)
         WHEN regexp_matches(bare, '^1\d{12}$') THEN make_timestamp(bare::BIGINT * 1000)
    END AS counted,
    CASE WHEN zone = '' THEN NULL WHEN zone IN ('Z', 'UTC', 'GMT') THEN 0
         ELSE (CASE WHEN zone[1] = '-' THEN -1 ELSE 1 END)
              * (CAST(zone[2:3] AS INTEGER) * 60 + CAST('0' || ltrim(zone[4:], ':') AS INTEGER))
    END AS offset_minutes
    FROM shaped
"""
_OFFSET = r"\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)$"

_PLACE = """
    CREATE OR REPLACE TABLE moment AS
    WITH told AS (
        SELECT text, zone, wall, counted, offset_minutes FROM <texts> JOIN read_moment USING (text)
    ), placed AS (
        SELECT text, told.zone,
               coalesce(counted, CASE WHEN offset_minutes IS NULL THEN wall - file_zone.ahead
                    ELSE wall - to_minutes(offset_minutes) END) AS instant
        FROM told ASOF LEFT JOIN file_zone
          ON told.zone = file_zone.zone AND told.wall >= file_zone.wall_from
    )
    SELECT text, placed.zone, instant, CAST(instant + brand_zone.ahead AS DATE) AS on_day
    FROM placed ASOF LEFT JOIN brand_zone ON placed.instant >= brand_zone.instant_from
"""
