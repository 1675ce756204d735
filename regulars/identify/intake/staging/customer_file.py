"""Turn the rows of a customer file into staging tables."""

from collections.abc import Mapping, Sequence

from regulars.identify.customers.public import fields_of
from regulars.identify.intake.mapping.kinds import OWN, fields_for
from regulars.identify.intake.staging.cells import make_cells
from regulars.identify.intake.staging.customer_rows import KINDS, read_customer_rows
from regulars.identify.intake.staging.identities import make_identity_forms
from regulars.identify.intake.staging.people import recognize_people
from regulars.identify.intake.staging.terms import Terms
from regulars.lake.public import Workbench
from regulars.organization.public import Brand


def stage_customers(
    db: Workbench,
    *,
    brand: Brand,
    columns: Sequence[str],
    mapping: Mapping[str, str],
    terms: Terms,
) -> None:
    """Fill the tables of ``st`` from ``raw``. Raises DatesUnclear."""
    fields = fields_for("customers", brand)
    make_cells(db, columns=columns, mapping=mapping, fields=fields.values())
    kinds = [kind for kind in KINDS if kind in mapping]
    make_identity_forms(db, kinds, brand=brand, country=terms.reading.country)
    own = {field.key: field for field in fields_of(brand=brand) if f"{OWN}{field.key}" in mapping}
    read_customer_rows(db, terms, mapped=mapping, fields=own)
    recognize_people(db, kinds, brand=brand)
    db.execute(_REJECTS)
    db.execute(_PROFILES, {"now": terms.now.replace(tzinfo=None)})


_REJECTS = """
    CREATE OR REPLACE TABLE st.reject AS
    SELECT row_no, problem AS reason, detail FROM judged WHERE problem IS NOT NULL ORDER BY row_no
"""

# Of several rows about one person the last one that tells something counts, field by field. What
# no row tells is empty, and changes nothing about somebody known.
_PROFILES = """
    CREATE OR REPLACE TABLE st.profile AS
    WITH told AS (
        SELECT person, judged.*, coalesce(name, CASE
                   WHEN regexp_matches(coalesce(last_name, ''), '[一-鿿]')
                   THEN concat(last_name, first_name)
                   ELSE nullif(concat_ws(' ', first_name, last_name), '') END) AS whole_name
        FROM judged JOIN row_set USING (row_no) JOIN meant USING (given)
    ), own AS (
        SELECT person, json_group_object(key, value) AS fields FROM (
            SELECT person, key, arg_max(value, row_no) AS value
            FROM field_cell JOIN row_set USING (row_no) JOIN meant USING (given)
            GROUP BY person, key ORDER BY key)
        GROUP BY person
    ), gathered AS (
        SELECT person, arg_max(whole_name, row_no) AS name,
               arg_max(nullif(gender, ''), row_no) AS gender,
               arg_max(born_on, row_no) AS born_on, arg_max(language, row_no) AS language,
               arg_max(city, row_no) AS city, arg_max(region, row_no) AS region,
               arg_max(country, row_no) AS country, arg_max(postcode, row_no) AS postcode,
               arg_max(address, row_no) AS address, arg_max(branch, row_no) AS branch,
               arg_max(interests, row_no) AS interests, min(known_since) AS known_since
        FROM told GROUP BY person
    )
    SELECT known.*, coalesce(left(name, 200), '') AS name, coalesce(gender, '') AS gender, born_on,
           coalesce(left(language, 10), '') AS language, coalesce(left(city, 120), '') AS city,
           coalesce(left(region, 120), '') AS region, coalesce(left(country, 60), '') AS country,
           coalesce(left(postcode, 20), '') AS postcode,
           coalesce(left(address, 300), '') AS address,
           CASE WHEN interests IS NULL THEN '[]' ELSE CAST(to_json(list_filter(list_transform(
                regexp_split_to_array(interests, '[,;|、，；]'), word -> trim(word)),
                word -> word <> '')) AS VARCHAR) END AS interests,
           coalesce(CAST(own.fields AS VARCHAR), '{}') AS fields, branch,
           coalesce(known_since, $now) AS known_since,
           CAST((row_number() OVER (ORDER BY known.person) - 1) // 20000 AS INTEGER) AS step
    FROM st.person AS known JOIN gathered USING (person) LEFT JOIN own USING (person)
    ORDER BY known.person
"""
