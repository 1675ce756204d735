"""How the cost of a row grows with the data (S11): no faster than the data."""

from bench.databases import databases, installation
from bench.figures import Figure, slope
from bench.shops import open_plain_shop

SIZES = {"small": [500, 2_000], "full": [10_000, 100_000, 1_000_000]}
YEARS, MOST = 1.0, 1.2
STEPS = {
    "import": "S11 simulate and import into the database",
    "metrics": "S11 mirror to the lake and compute all metrics",
}


def measure(*, size: str) -> list[Figure]:
    return [figure for database in databases() for figure in _slopes(database, SIZES[size])]


def _slopes(database: str, sizes: list[int]) -> list[Figure]:
    found = []
    for customers in sizes:
        with installation(database) as place:
            found.append(open_plain_shop(place, customers=customers, years=YEARS))
    orders = [one["orders"] for one in found]
    figures = []
    for step, claim in STEPS.items():
        growth = slope(orders, [one[step] for one in found])
        figures.append(
            Figure(
                claim=f"{claim}, {orders[0]:,} → {orders[-1]:,} orders, {database}",
                figure=growth,
                unit="× the cost of a row",
                target=f"≤ {MOST}",
                met=growth <= MOST,
            )
        )
    return figures
