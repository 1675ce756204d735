"""Customers in the lake: pseudonymous, without names and without what they are reached by."""

import pyarrow as pa

from regulars.lake.public import Mirror

customers = Mirror(
    table="customers",
    changed="c.revision",
    schema=pa.schema(
        [
            ("id", pa.int32()),
            ("brand_id", pa.int32()),
            ("public_id", pa.string()),
            ("canonical_id", pa.int32()),
            ("branch_id", pa.int32()),
            ("gender", pa.string()),
            ("born_on", pa.date32()),
            ("language", pa.string()),
            ("city", pa.string()),
            ("region", pa.string()),
            ("country", pa.string()),
            ("source", pa.string()),
            ("fields", pa.string()),
            ("created_at", pa.timestamp("us", "UTC")),
            ("revision", pa.int64()),
        ]
    ),
    sql="""
        SELECT c.id, c.brand_id, c.public_id, coalesce(c.canonical_id, c.id) AS canonical_id,
            c.branch_id, c.gender, c.born_on, c.language, c.city, c.region, c.country, c.source,
            CAST(c.fields AS text) AS fields, c.created_at, c.revision
        FROM customers_customer c
    """,
)

identifiers = Mirror(
    table="identifiers",
    changed="i.revision",
    schema=pa.schema(
        [
            ("id", pa.int64()),
            ("brand_id", pa.int32()),
            ("customer_id", pa.int32()),
            ("kind", pa.string()),
            ("revision", pa.int64()),
        ]
    ),
    sql="""
        SELECT i.id, i.brand_id, i.customer_id, i.kind, i.revision FROM customers_identifier i
    """,
)

household = Mirror(
    table="household",
    changed="h.revision",
    schema=pa.schema(
        [
            ("id", pa.int64()),
            ("customer_id", pa.int32()),
            ("brand_id", pa.int32()),
            ("kind", pa.string()),
            ("species", pa.string()),
            ("gender", pa.string()),
            ("born_on", pa.date32()),
            ("stage", pa.string()),
            ("revision", pa.int64()),
        ]
    ),
    sql="""
        SELECT h.id, h.customer_id, c.brand_id, h.kind, h.species, h.gender, h.born_on, h.stage,
            h.revision
        FROM customers_householdmember h JOIN customers_customer c ON c.id = h.customer_id
    """,
)
