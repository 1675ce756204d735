"""Tell by its neighbours what a header means that may name a person or a product."""

from collections.abc import Collection, Sequence

from regulars.identify.intake.mapping.person_fields import IDENTIFIERS, PERSON

_PEOPLE = {field.key for field in (*IDENTIFIERS, *PERSON)}
_NAMES = {"name", "first_name", "last_name"}
_WEIGHTS = {
    **dict.fromkeys(("sku", "product", "category", "maker"), 2.0),
    **dict.fromkeys(("quantity", "price", "gross", "discount", "amount"), 1.0),
}
_NEAR = {-2: 0.5, -1: 1.5, 1: 1.0, 2: 0.5}  # a name follows the number of what it names

Candidates = Sequence[Collection[str]]
"""For each column, in the order of the file, the fields whose name stands above it."""


def names_a_product(place: int, candidates: Candidates) -> bool:
    """Tell whether this column names products rather than people.

    What no other column names is the likelier one, then what its neighbours are about; what stands
    alone is a person's.
    """
    others = [set(keys) for other, keys in enumerate(candidates) if other != place]
    people = any(keys & _NAMES and "product" not in keys for keys in others)
    products = any("product" in keys and not keys & _NAMES for keys in others)
    if people != products:
        return people
    return _leaning(place, candidates) > 0


def stands_among_people(place: int, candidates: Candidates) -> bool:
    """Tell whether the columns on both sides are rather about a person."""
    return _leaning(place, candidates) < 0


def _leaning(place: int, candidates: Candidates) -> float:
    """Above zero near columns about products, below zero near those about people."""
    return sum(
        nearness * _weight(candidates[place + step])
        for step, nearness in _NEAR.items()
        if 0 <= place + step < len(candidates)
    )


def _weight(keys: Collection[str]) -> float:
    people = 2.0 if set(keys) & _PEOPLE else 0.0
    return max((_WEIGHTS.get(key, 0.0) for key in keys), default=0.0) - people
