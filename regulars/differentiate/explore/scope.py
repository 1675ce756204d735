"""Whose facts are looked at: a brand's, as of a day, as far as the person who asks may see."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from regulars.differentiate.metrics.public import CUSTOMERS, Facts, Source
from regulars.organization.public import Branches

if TYPE_CHECKING:
    import ibis

KEYS = ("brand_id", "as_of", "customer_id", "branch_id")


class Kept(Source, Protocol):
    """Whatever gives tables of the lake, and those computed from them, by their names."""

    def computed(self, name: str) -> "ibis.Table": ...


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The facts of a brand as of a day for which metrics were computed.

    Staff of some branches see the customers who are at home there with everything they bought, and
    what people whom nobody knows bought there.
    """

    facts: Facts
    kept: Kept
    branch_ids: Branches = None
    since: date | None = None
    """Orders of days before are not needed."""

    @cached_property
    def people(self) -> "ibis.Table":
        """Everybody the brand knew on the day, once: profile and metrics side by side."""
        state = self.kept.computed(CUSTOMERS)
        state = state.filter(state.brand_id == self.facts.brand_id, state.as_of == self.facts.as_of)
        profile = self.facts.customers
        if self.branch_ids is not None:
            profile = profile.filter(profile.branch_id.isin(sorted(self.branch_ids)))
        wanted = {name: state[name] for name in state.columns if name not in KEYS}
        judged = state.select(judged_id=state.customer_id, **wanted)
        joined = profile.inner_join(judged, profile.id == judged.judged_id)
        return joined.rename(customer_id="id").drop("judged_id")

    @cached_property
    def products(self) -> "ibis.Table":
        """Every product of the brand."""
        return self.facts.of_brand("products").rename(product_id="id")

    def seen(self, table: "ibis.Table") -> "ibis.Table":
        """Keep the purchases, or refunds, that the person who asks may see."""
        if self.branch_ids is None:
            return table
        theirs = table.customer_id.isin(self.people.customer_id)
        strangers = table.customer_id.isnull() & table.branch_id.isin(sorted(self.branch_ids))
        return table.filter(theirs.fill_null(False) | strangers)  # noqa: FBT003
