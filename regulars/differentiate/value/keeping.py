"""How long the scores of a day are kept: as long as its metrics. What was fitted stays."""

from regulars.differentiate.metrics.public import VALUES, MetricRun
from regulars.lake.public import drop_partitions, latest_snapshot, partitions


def forget_old_scores() -> None:
    """Drop the scores of days whose metrics are gone."""
    if latest_snapshot() is None:
        return
    kept = set(MetricRun.objects.values_list("brand_id", "as_of_on"))
    for where in partitions(VALUES):
        if (where["brand_id"], where["as_of"]) not in kept:
            drop_partitions(VALUES, where=where)
