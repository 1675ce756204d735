"""A shop of any size written by a few statements, where how it got there does not matter."""

from bench.databases import Installation

PEOPLE = """
    INSERT INTO customers_customer (id, public_id, brand_id, name, search_name, turned_name,
        gender, language, city, region, country, postcode, address, interests, note, source,
        fields, created_at, revision)
    SELECT i, 'cus_' || {padded}, {brand}, 'Name ' || i, 'name ' || i, i || ' name',
        CASE i % 3 WHEN 0 THEN 'female' WHEN 1 THEN 'male' ELSE '' END, 'en', 'City ' || i % 40,
        '', 'GB', '', '', '[]', '', 'bench', '{{"size": "M"}}', {instant}, {revision}
    FROM n
"""
ORDERS = """
    INSERT INTO commerce_order (id, brand_id, source, number, customer_id, channel, occurred_at,
        placed_on, currency, net_minor, discount_minor, shipping_minor, tax_minor, coupon, revision)
    SELECT i, {brand}, 'bench', 'B' || i,
        1 + ((i * 7919) % {people}) * ((i * 104729) % {people}) / {people}, 'web', {instant},
        {day}, 'GBP', 500 + (i * 31) % 9000, 0, 350, 120, '', {revision}
    FROM n
"""
LINES = """
    INSERT INTO commerce_line (id, order_id, position, quantity, amount_minor, discount_minor,
        revision)
    SELECT i, 1 + i / {lines}, i % {lines}, 1 + i % 4, 100 + (i * 17) % 4000, 0, {revision}
    FROM n
"""
NUMBERS = """
    WITH RECURSIVE n(i) AS (
        SELECT CAST({first} AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < {last}
    )
"""
AUTUMN = {
    "version": 1,
    "match": {
        "condition": "orders", "about": "amount.sum", "is": "at_least", "value": 5_000,
        "window": {"from": "2025-10-01", "to": "2025-12-31"},
    },
}  # fmt: skip
WORDS = {
    "sqlite": (
        "substr('000000000000000' || i, -16)",
        "datetime('2023-01-01', '+' || ((i * 37) % 94608000) || ' seconds')",
        "date({})",
    ),
    "postgresql": (
        "right('000000000000000' || i, 16)",
        "(timestamptz '2023-01-01 00:00:00Z' + ((i * 37) % 94608000) * interval '1 s')",
        "({} AT TIME ZONE 'UTC')::date",
    ),
}


def write_shop(place: Installation, *, customers: int, orders: int, lines: int) -> None:
    """Write the brand ``bench`` into an installation that was used before."""
    place.program(f"from bench import written; written.write({customers}, {orders}, {lines})")


def look_closer() -> None:
    """Value the brand's customers and find the people of a segment, as the worker does."""
    from django.utils import timezone

    from regulars.differentiate.metrics.public import MetricRun
    from regulars.differentiate.segments.public import make_segment, refresh_segments
    from regulars.differentiate.value.public import value_customers
    from regulars.organization.public import Brand

    brand, now = Brand.objects.get(slug="bench"), timezone.now()
    value_customers(run=MetricRun.objects.filter(brand=brand).latest("as_of_on"))
    make_segment(brand=brand, name="Spent in autumn", tree=AUTUMN, by=None, now=now)
    refresh_segments(brand=brand, now=now)


def write(people: int, orders: int, lines: int) -> None:
    """Write customers, orders, and so many lines of each order; few buy often, most buy seldom."""
    from django.db import connection, transaction

    from regulars.lake.public import next_revision
    from regulars.organization.public import Brand
    from regulars.work.public import refresh_statistics

    brand = Brand.objects.create(slug="bench", name="Bench", currency="GBP")
    padded, instant, day = WORDS[connection.vendor]
    with transaction.atomic(), connection.cursor() as cursor:
        known = {
            "brand": brand.pk,
            "padded": padded,
            "people": people,
            "lines": lines,
            "instant": instant,
            "day": day.format(instant),
            "revision": next_revision(),
        }
        if connection.vendor == "postgresql":  # nothing here refers to what is not here
            cursor.execute("SET LOCAL session_replication_role = replica")
        for statement, first, last in (
            (PEOPLE, 1, people),
            (ORDERS, 1, orders),
            (LINES, 0, lines * orders - 1),
        ):
            cursor.execute(_with_numbers(statement, first, last).format(**known))
    refresh_statistics()  # as an import does


def _with_numbers(statement: str, first: int, last: int) -> str:
    into, select = statement.split("SELECT", 1)
    return f"{into} {NUMBERS.format(first=first, last=last)} SELECT {select}"
