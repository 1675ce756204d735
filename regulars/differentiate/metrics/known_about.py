"""Read what is known about a brand's customers as of a day."""

from collections.abc import Mapping, Sequence
from datetime import date

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


def values_known(
    *, brand_id: int, as_of: date, fields: Sequence[str], branch_ids: Branches, limit: int = 100
) -> Mapping[str, list[str]]:
    """Return the most frequent values of fields that are counted by value, by field."""
    try:
        with reading() as lake:
            table = lake.computed(STRUCTURE)
            rows = table.filter(
                table.brand_id == brand_id,
                table.as_of == as_of,
                table.field.isin(fields),
                table.value != "",
            )
            if branch_ids is not None:
                rows = rows.filter(rows.branch_id.isin(sorted(branch_ids)))
            summed = rows.group_by("field", "value").agg(people=rows.people.sum())
            found = summed.order_by(summed.people.desc(), summed.value).to_pyarrow().to_pylist()
    except (NeverMirrored, NotInTheLake):
        return {}
    values: dict[str, list[str]] = {}
    for row in found:
        values.setdefault(row["field"], []).append(row["value"])
    return {field: known[:limit] for field, known in values.items()}
