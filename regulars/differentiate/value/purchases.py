"""What every model of purchases answers."""

from typing import Protocol

import numpy.typing as npt

from regulars.differentiate.value.summary import Array


class Purchases(Protocol):
    """See beta_geometric, pareto_nbd and bg_bb."""

    def log_likelihood(self, x: npt.ArrayLike, t_x: npt.ArrayLike, t: npt.ArrayLike) -> Array: ...

    def alive(self, x: npt.ArrayLike, t_x: npt.ArrayLike, t: npt.ArrayLike) -> Array: ...

    def expected(
        self, horizon: npt.ArrayLike, x: npt.ArrayLike, t_x: npt.ArrayLike, t: npt.ArrayLike
    ) -> Array: ...

    def expected_of_new(self, horizon: npt.ArrayLike) -> Array: ...


class Continuous(Purchases, Protocol):
    """A model of purchases in time: everybody has a rate from Gamma(r, alpha) and may leave."""

    @property
    def r(self) -> float: ...

    @property
    def alpha(self) -> float: ...

    def while_there(self, horizon: npt.ArrayLike, x: npt.ArrayLike, t: npt.ArrayLike) -> Array: ...
