"""Read what is known about a brand's customers as of a day."""

from collections.abc import Mapping

from regulars.differentiate.metrics.computation import STRUCTURE
from regulars.differentiate.metrics.models import MetricRun
from regulars.differentiate.metrics.structure import Breakdown, Part, breakdowns_from
from regulars.lake.public import NeverMirrored, NotInTheLake, reading
from regulars.organization.public import Branches


def structure_seen(run: MetricRun, *, branch_ids: Branches) -> Mapping[str, Breakdown]:
    """Return a breakdown for each field, of customers of these home branches."""
    try:
        with reading() as lake:
            table = lake.computed(STRUCTURE)
            rows = table.filter(table.brand_id == run.brand_id, table.as_of == run.as_of_on)
            if branch_ids is not None:
                rows = rows.filter(rows.branch_id.isin(sorted(branch_ids)))
            summed = rows.group_by("field", "value").agg(
                people=rows.people.sum().cast("int64"),
                net_minor=rows.net_minor.sum().cast("int64"),
            )
            found = summed.to_pyarrow().to_pylist()
    except (NeverMirrored, NotInTheLake):
        return {}
    return breakdowns_from((row.pop("field"), Part(**row)) for row in found)
