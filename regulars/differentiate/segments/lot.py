"""Draw lots: a number for each person that looks like chance and is always the same.

Two rounds of multiplication modulo the prime 2^31 - 1 with a shift between them: plain integers
that every engine computes alike, without overflowing 64 bits.
"""

from hashlib import blake2s
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import ibis

PRIME = 2**31 - 1
Number = TypeVar("Number", int, "ibis.Column")


def lot_of(customer_id: Number, seed: str) -> Number:
    """Return a lot from 0 to 2^31 - 2 for a customer's number, or for a column of them."""
    first, second, third, fourth = _factors(seed)
    mixed: Any = (_long(customer_id) * first + second) % PRIME
    mixed = ((mixed ^ (mixed >> 15)) * third + fourth) % PRIME
    lot: Number = ((mixed ^ (mixed >> 13)) * first + third) % PRIME
    return lot


def percent_of(customer_id: "ibis.Column", seed: str) -> "ibis.Column":
    """Return each person's place among a hundred: at least 0, below 100."""
    return lot_of(customer_id, seed) / PRIME * 100.0


def _long(number: Any) -> Any:
    return number.cast("int64") if hasattr(number, "cast") else number


def _factors(seed: str) -> tuple[int, int, int, int]:
    digest = blake2s(seed.encode(), digest_size=16).digest()
    words = (int.from_bytes(digest[at : at + 4], "big") % (PRIME - 1) + 1 for at in (0, 4, 8, 12))
    first, second, third, fourth = words
    return first, second, third, fourth
