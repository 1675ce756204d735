"""What the rows of an order file tell about people and products, gathered once for each."""

from regulars.lake.public import Workbench

# The latest row that tells something counts.
_PEOPLE = """
    CREATE OR REPLACE TABLE st.profile AS
    WITH told AS (
        SELECT order_person.person, row_no, instant, address, city, region, postcode, country,
               coalesce(name, CASE WHEN regexp_matches(coalesce(last_name, ''), '[一-鿿]')
                                   THEN concat(last_name, first_name)
                                   ELSE nullif(concat_ws(' ', first_name, last_name), '')
                              END) AS name
        FROM judged JOIN order_person USING (number) ANTI JOIN st.reject USING (row_no)
        WHERE person IS NOT NULL
    )
    SELECT known.*, coalesce(left(name, 200), '') AS name, '' AS gender,
           CAST(NULL AS DATE) AS born_on, '' AS language, coalesce(left(city, 120), '') AS city,
           coalesce(left(region, 120), '') AS region, coalesce(left(country, 60), '') AS country,
           coalesce(left(postcode, 20), '') AS postcode,
           coalesce(left(address, 300), '') AS address, '[]' AS interests, '{}' AS fields,
           CAST(NULL AS VARCHAR) AS branch, known_since,
           CAST((row_number() OVER (ORDER BY known.person) - 1) // 20000 AS INTEGER) AS step
    FROM st.person AS known JOIN (
        SELECT person, arg_max(name, row_no) AS name, arg_max(city, row_no) AS city,
               arg_max(region, row_no) AS region, arg_max(country, row_no) AS country,
               arg_max(postcode, row_no) AS postcode, arg_max(address, row_no) AS address,
               min(instant) AS known_since
        FROM told GROUP BY person
    ) USING (person)
    WHERE known.person IN (SELECT person FROM st.purchase UNION SELECT person FROM st.refund)
    ORDER BY known.person
"""

# A product is called what most of its rows call it: descriptions are where notes are scribbled.
_PRODUCTS = """
    CREATE OR REPLACE TABLE st.product AS
    WITH told AS (
        SELECT coalesce(sku, left(product, 120)) AS sku, left(product, 300) AS name, category,
               maker, row_no
        FROM judged ANTI JOIN st.reject USING (row_no)
    ), called AS (
        SELECT sku, name FROM told WHERE sku IS NOT NULL AND name IS NOT NULL GROUP BY sku, name
        QUALIFY row_number() OVER (PARTITION BY sku ORDER BY count(*) DESC, name) = 1
    )
    SELECT sku, any_value(called.name) AS name, left(arg_max(maker, row_no), 120) AS maker,
           left(arg_max(category, row_no), 300) AS category, CAST(NULL AS VARCHAR) AS kind,
           CAST(NULL AS BIGINT) AS price_minor, CAST(NULL AS BIGINT) AS cost_minor, 0 AS step
    FROM told LEFT JOIN called USING (sku)
    WHERE sku IN (SELECT sku FROM st.sold UNION SELECT sku FROM st.given_back)
    GROUP BY sku ORDER BY sku
"""


def gather_profiles(db: Workbench) -> None:
    """Fill ``st.profile`` and ``st.product``: only of orders and refunds that are taken."""
    db.execute(_PEOPLE)
    db.execute(_PRODUCTS)
