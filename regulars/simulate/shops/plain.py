"""A shop without seasons or peculiarities: for benches and for recovering its parameters."""

from regulars.simulate.shop import Good, Place, Process, Segment, Shop, Spend

CATEGORIES = ("Kitchen", "Bath", "Garden", "Paper", "Light", "Textile")
PER_CATEGORY = 80


def _good(category: str, place: int) -> Good:
    loose = place % 2 == 1
    return Good(
        sku=f"{category[:3].upper()}-{place:03d}",
        name=f"{category} {place:03d}",
        category=category,
        price=2.0 + place * 37 % 41,
        cost=(2.0 + place * 37 % 41) * 0.45,
        cycle=20.0 + place % 7 * 10 if loose or place % 3 else 0.0,
        popularity=1 / (1 + place),
        loose=loose,
    )


PLAIN = Shop(
    slug="plain",
    name="Plain shop 样板店",
    timezone="UTC",
    currency="EUR",
    language="en",
    segments=(
        Segment(
            name="everybody",
            share=1.0,
            process=Process(r=0.9, alpha=30.0, a=0.8, b=11.0),
            spend=Spend(p=6.0, q=4.0, gamma=12.0),
        ),
    ),
    goods=tuple(_good(category, place) for category in CATEGORIES for place in range(PER_CATEGORY)),
    places=tuple(
        Place(
            code=f"shop-{number}",
            name=f"Shop {number}",
            city=f"Town {number}",
            region="",
            country="IE",
            postcode=f"T{number:02d}",
            weight=1 + number % 3,
            online=number == 0,
        )
        for number in range(12)
    ),
)
