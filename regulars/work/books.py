"""Claims about the facts that can be checked: declared in an app's ``books.py``, run by verify.

A claim is a function under ``@claim``, or an entry of the module's ``BOOKS``: a sentence, and a
query for the ids of the rows that contradict it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from time import monotonic

from django.apps import apps
from django.db import connection
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule
from django.utils.text import slugify

Look = Callable[[], Iterator[str]]
MOST_SHOWN = 20

_claims: dict[str, "Claim"] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence that must be true, and the function that looks for what contradicts it."""

    name: str
    sentence: str | Promise
    look: Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a claim; no findings means that it holds. At most twenty are kept."""

    claim: Claim
    findings: tuple[str, ...]
    seconds: float


def claim(sentence: str | Promise) -> Callable[[Look], Look]:
    """Declare that the sentence is true; the function yields a sentence for each contradiction.

    It only reads. It must cope with any size: questions to the database, never loops over rows.
    """

    def declare(look: Look) -> Look:
        app = look.__module__.rpartition(".")[0].rpartition(".")[2]
        name = f"{app}.{look.__name__}"
        _claims[name] = Claim(name=name, sentence=sentence, look=look)
        return look

    return declare


def claims() -> list[Claim]:
    """Return every declared claim, those of the lower floors first."""
    for config in apps.get_app_configs():
        if not module_has_submodule(config.module, "books"):
            continue
        books = import_module(f"{config.name}.books")
        for sentence, query in getattr(books, "BOOKS", {}).items():
            name = f"{config.label}.{slugify(sentence).replace('-', '_')}"
            _claims[name] = Claim(name=name, sentence=sentence, look=partial(_rows, query))
    return list(_claims.values())


def _rows(query: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        for row in cursor.fetchmany(MOST_SHOWN):
            yield f"row {row[0]}"


def verify(claim: Claim) -> Verdict:
    """Look for contradictions to a claim."""
    began = monotonic()
    findings: list[str] = []
    for finding in claim.look():
        findings.append(finding)
        if len(findings) == MOST_SHOWN:
            break
    return Verdict(claim=claim, findings=tuple(findings), seconds=monotonic() - began)
