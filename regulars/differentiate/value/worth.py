"""Read what is kept of everybody's worth: for one customer, and summed up."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from regulars.differentiate.metrics.public import VALUES
from regulars.differentiate.value.models import Valuation
from regulars.lake.public import NeverMirrored, NotInTheLake, Reading, reading
from regulars.organization.public import Branches, Brand

if TYPE_CHECKING:
    import ibis

SUMMED = (
    "net_minor", "goods_minor", "goods_unknown_minor", "rewards_minor", "messages_minor",
    "service_minor", "acquisition_minor", "past_profit_minor", "expected_value_minor",
    "expected_profit_minor", "lifetime_minor", "at_stake_minor", "alive", "expected_visits",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Totals:
    """Some customers together; sums by the name of the column, None where it is unknown of all."""

    people: int
    sums: dict[str, float | None]
    unknown_acquisition: int

    @property
    def minors(self) -> dict[str, int | None]:
        """The sums of money, whole, by their names without ``_minor``."""
        return {
            name.removesuffix("_minor"): None if found is None else round(found)
            for name, found in self.sums.items()
            if name.endswith("_minor")
        }

    def minor(self, name: str) -> int | None:
        return self.minors[name]


def latest_valuation(*, brand: Brand, day: date) -> Valuation | None:
    """Return the newest valuation up to a day."""
    known = Valuation.objects.filter(brand=brand, as_of_on__lte=day)
    return known.order_by("-as_of_on").prefetch_related("fits").first()


def totals_of(valuation: Valuation, *, branch_ids: Branches) -> dict[str, Totals]:
    """Sum up the customers of these branches, by how it stands with them."""
    try:
        with reading() as lake:
            rows = scores_of(lake, valuation, branch_ids=branch_ids)
            found = rows.group_by("churn_state").agg(
                people=rows.count(),
                unknown_acquisition=rows.acquisition_minor.isnull().sum(),
                **{name: rows[name].cast("float64").sum() for name in SUMMED},
            )
            told = found.to_pyarrow().to_pylist()
    except (NeverMirrored, NotInTheLake):
        return {}
    return {row.pop("churn_state"): _totals(row) for row in told}


def together(groups: dict[str, Totals]) -> Totals:
    """Add groups up."""
    sums: dict[str, float | None] = {}
    for name in SUMMED:
        known = [found for one in groups.values() if (found := one.sums[name]) is not None]
        sums[name] = sum(known) if known else None
    return Totals(
        people=sum(one.people for one in groups.values()),
        sums=sums,
        unknown_acquisition=sum(one.unknown_acquisition for one in groups.values()),
    )


def worth_of(*, brand_id: int, customer_ids: list[int], as_of: date) -> dict[int, dict[str, Any]]:
    """Return the rows of these customers as of a day, by customer; who has none is left out."""
    try:
        with reading() as lake:
            table = lake.computed(VALUES)
            mine = table.filter(
                table.brand_id == brand_id, table.as_of == as_of,
                table.customer_id.isin(customer_ids),
            )  # fmt: skip
            found: list[dict[str, Any]] = mine.to_pyarrow().to_pylist() if customer_ids else []
    except (NeverMirrored, NotInTheLake):
        return {}
    return {row["customer_id"]: row for row in found}


def scores_of(lake: Reading, valuation: Valuation, *, branch_ids: Branches) -> "ibis.Table":
    """Return everybody's scores of a valuation, at home in these branches. Raises NotInTheLake."""
    table = lake.computed(VALUES)
    rows = table.filter(table.brand_id == valuation.brand_id, table.as_of == valuation.as_of_on)
    return rows if branch_ids is None else rows.filter(rows.branch_id.isin(sorted(branch_ids)))


def _totals(row: dict[str, Any]) -> Totals:
    people, unknown = row.pop("people"), row.pop("unknown_acquisition")
    return Totals(people=people, sums=row, unknown_acquisition=int(unknown or 0))
