import pyarrow as pa

from regulars.identify.timeline.models.event import ORDINAL_BITS
from regulars.lake.public import Mirror

instant = pa.timestamp("us", "UTC")

events = Mirror(
    table="events",
    identity=("sequence",),
    bits=ORDINAL_BITS,
    changed="e.sequence",
    schema=pa.schema(
        [
            ("sequence", pa.int64()),
            ("brand_id", pa.int32()),
            ("customer_id", pa.int32()),
            ("kind", pa.string()),
            ("occurred_at", instant),
            ("received_at", instant),
            ("source", pa.string()),
            ("value_minor", pa.int64()),
            ("currency", pa.string()),
            ("properties", pa.string()),
            ("backfill", pa.bool_()),
        ]
    ),
    sql="""
        SELECT e.sequence, e.brand_id, e.customer_id, e.kind, e.occurred_at, e.received_at,
            e.source, e.value_minor, e.currency, CAST(e.properties AS text) AS properties,
            e.backfill
        FROM timeline_event e
    """,
)
