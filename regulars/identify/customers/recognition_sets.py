"""Tell who is meant by many sets of identifiers, as recognition.py would, one after the other.

Sets that share nothing with others, and of which nothing is known, are new people beyond doubt;
callers need not ask about them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from regulars.identify.customers.identifier_kinds import identifier_kind

Value = tuple[str, str]  # kind and normal form


class Crowd:
    """People known by their identifiers: at first those of the database, then also new ones.

    People are numbers of the caller's: ``owners`` says who has a value, ``held`` what they have.
    """

    def __init__(self, owners: Mapping[Value, int], held: Iterable[tuple[int, str, str]]) -> None:
        self._owners = dict(owners)
        self._held: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
        for person, kind, value in held:
            self._held[person, kind].add(value)

    def meant_by(self, given: Sequence[Value]) -> int | None:
        """Return whom the accepted identifiers mean; those of high priority come first."""
        for place, value in enumerate(given):
            owner = self._owners.get(value)
            if owner is not None and not any(
                self._contradicts(owner, higher) for higher in given[:place]
            ):
                return owner
        return None

    def give(self, person: int, given: Sequence[Value]) -> list[Value]:
        """Give a person those of the identifiers that are free and fit; return what they got."""
        got = []
        for kind, value in given:
            if (kind, value) in self._owners or self._contradicts(person, (kind, value)):
                continue
            if len(self._held[person, kind]) >= identifier_kind(kind).limit:
                continue
            self._owners[kind, value] = person
            self._held[person, kind].add(value)
            got.append((kind, value))
        return got

    def _contradicts(self, person: int, value: Value) -> bool:
        kind, normal = value
        if not identifier_kind(kind).strong:
            return False
        theirs = self._held.get((person, kind))
        return bool(theirs) and normal not in (theirs or ())
