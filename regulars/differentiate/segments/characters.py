"""Trees are written in characters that a database can keep."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from regulars.differentiate.segments.problem import Path, refuse
from regulars.lib.characters import can_be_kept


def check_characters(given: Any, path: Path = ()) -> None:
    """Refuse NUL and halves of a pair of surrogates, wherever they stand. Raises NotATree."""
    waiting: list[tuple[Any, Path]] = [(given, path)]
    while waiting:
        told, at = waiting.pop()
        if isinstance(told, Mapping):
            for name, inner in told.items():
                waiting += [(name, at), (inner, (*at, name))]
        elif isinstance(told, list):
            waiting += [(one, (*at, nth)) for nth, one in enumerate(told)]
        elif isinstance(told, str) and not can_be_kept(told):
            raise refuse(at, _("This text has characters that cannot be kept."))
