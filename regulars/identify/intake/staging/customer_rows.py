"""Read every row of a customer file: who it is about, and what it says about them."""

from collections.abc import Collection, Mapping

import pyarrow as pa

from regulars.identify.customers.public import Field, field_values
from regulars.identify.intake.mapping.person_fields import IDENTIFIERS, PUBLIC_ID
from regulars.identify.intake.staging.filled import filled
from regulars.identify.intake.staging.identities import first_too_long
from regulars.identify.intake.staging.moments import date_order, make_moments
from regulars.identify.intake.staging.terms import Terms
from regulars.lake.public import Workbench
from regulars.organization.public import HIDDEN

KINDS = [field.key for field in (PUBLIC_ID, *IDENTIFIERS)]
OLDEST_YEARS = 120
GENDERS = {
    "female": ("female", "f", "w", "woman", "ms", "mrs", "miss", "femme", "weiblich", "女",
               "女士", "女性"),
    "male": ("male", "m", "man", "mr", "homme", "männlich", "男", "先生", "男性"),
    "other": ("other", "x", "d", "divers", "non-binary", "nonbinary", "其他"),
}  # fmt: skip


def read_customer_rows(
    db: Workbench, terms: Terms, *, mapped: Collection[str], fields: Mapping[str, Field]
) -> None:
    """Make ``judged`` and ``given_set`` of ``cell``, ``identity_form`` and the staff's fields.

    Raises DatesUnclear.
    """
    db.execute(_TIMES)
    order = terms.date_order or date_order(db, "time_text")
    make_moments(db, "time_text", order=order, zones={"": terms.zone}, brand_zone=terms.brand_zone)
    _make_genders(db)
    _make_field_values(db, fields)
    kinds = [kind for kind in KINDS if kind in mapped]
    db.execute(
        filled(
            _JUDGED,
            kinds=", ".join(
                f"{kind}_form.normal AS {kind}" if kind in kinds else f"NULL::VARCHAR AS {kind}"
                for kind in KINDS
            ),
            joins="\n".join(
                f"LEFT JOIN identity_form AS {kind}_form ON {kind}_form.kind = '{kind}' "
                f"AND {kind}_form.text = cell.{kind}"
                for kind in kinds
            ),
            any=", ".join(f"{kind}_form.normal" for kind in kinds) or "NULL",
            long=first_too_long(kinds),
            oldest=str(OLDEST_YEARS),
            hidden=HIDDEN,
        ),
        {"now": terms.now.replace(tzinfo=None)},
    )
    db.execute(filled(_SETS, kinds=", ".join(KINDS), same=_same()))


def _same() -> str:
    return " AND ".join(f"judged.{kind} IS NOT DISTINCT FROM given_set.{kind}" for kind in KINDS)


def _make_genders(db: Workbench) -> None:
    told = [(word, gender) for gender, words in GENDERS.items() for word in words]
    rows = pa.table({"word": [word for word, _ in told], "gender": [g for _, g in told]})
    db.register("incoming", rows)
    db.execute("CREATE OR REPLACE TABLE gender_word AS SELECT * FROM incoming")
    db.unregister("incoming")


def _make_field_values(db: Workbench, fields: Mapping[str, Field]) -> None:
    """Make ``field_value`` (row_no, fields): what the row says in fields that staff defined."""
    db.execute("CREATE OR REPLACE TABLE field_cell (row_no BIGINT, key VARCHAR, value JSON)")
    for key, field in fields.items():
        column = f'"fields.{key}"'
        texts = db.execute(
            f"SELECT DISTINCT {column} FROM cell WHERE {column} IS NOT NULL"  # noqa: S608
        ).fetchall()
        means = field_values(field=field, texts=[text for (text,) in texts])
        known = {text: value for text, value in means.items() if value is not None}
        rows = pa.table({"text": list(known), "value": [_json(v) for v in known.values()]})
        db.register("incoming", rows)
        db.execute(
            f"""
            INSERT INTO field_cell SELECT row_no, ?, CAST(value AS JSON)
            FROM cell JOIN incoming ON incoming.text = {column}
            """,  # noqa: S608
            [key],
        )
        db.unregister("incoming")


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


_TIMES = """
    CREATE OR REPLACE TABLE time_text AS
    SELECT DISTINCT text, '' AS zone FROM (SELECT unnest(["at", born_on]) AS text FROM cell)
    WHERE text IS NOT NULL
"""

# A name that is masked, or has no letter, says nothing.
_JUDGED = r"""
    CREATE OR REPLACE TABLE judged AS
    WITH read AS (
        SELECT cell.* EXCLUDE (gender, born_on, public_id, user_id, member_number, shop_id,
                               wechat_unionid, wechat_openid, phone, email)
                      REPLACE (CASE WHEN contains(cell.name, '<hidden>')
                                      OR NOT regexp_matches(cell.name, '[\pL\pN]') THEN NULL
                                    ELSE cell.name END AS name),
               <kinds>, coalesce(gender_word.gender, '') AS gender, known.instant AS known_since,
               cell.born_on AS birthday_told, CAST(read_moment.wall AS DATE) AS born_on,
               coalesce(<any>) IS NULL AS nobody, <long> AS long_identifier,
               coalesce(contains(concat_ws(' ', cell.name, cell.first_name, cell.last_name,
                   cell.address, cell.city, cell.region, cell.country, cell.interests), chr(0)),
                   false) AS has_nul
        FROM cell
        <joins>
        LEFT JOIN gender_word ON gender_word.word = lower(cell.gender)
        LEFT JOIN moment AS known ON known.text = cell."at"
        LEFT JOIN read_moment ON read_moment.text = cell.born_on
    )
    SELECT *, CASE WHEN long_identifier IS NOT NULL THEN 'identifier_long'
                   WHEN nobody THEN 'nobody'
                   WHEN has_nul THEN 'nul'
                   WHEN "at" IS NOT NULL AND known_since IS NULL THEN 'time_unreadable'
                   WHEN known_since > $now THEN 'in_future'
                   WHEN birthday_told IS NOT NULL AND (born_on IS NULL OR born_on > $now
                        OR date_part('year', $now::TIMESTAMP) - date_part('year', born_on)
                           NOT BETWEEN 0 AND <oldest>) THEN 'birthday'
              END AS problem,
           CASE WHEN long_identifier IS NOT NULL THEN long_identifier
                WHEN nobody THEN NULL WHEN "at" IS NOT NULL AND known_since IS NULL THEN "at"
                WHEN known_since > $now THEN "at" ELSE left(birthday_told, 60) END AS detail
    FROM read
"""

_SETS = """
    CREATE OR REPLACE TABLE given_set AS
    SELECT <kinds>, row_number() OVER (ORDER BY min(row_no)) AS given
    FROM judged WHERE problem IS NULL GROUP BY <kinds>;
    CREATE OR REPLACE TABLE row_set AS
    SELECT row_no, given FROM judged JOIN given_set ON <same> WHERE problem IS NULL
"""
