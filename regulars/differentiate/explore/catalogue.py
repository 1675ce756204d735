"""All measures and dimensions there are.

Every file in ``measures/`` and ``dimensions/`` is found by itself, and so are the modules
``measures`` and ``dimensions`` of other apps.
"""

import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TypeVar

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from regulars.differentiate.explore.dimension import Dimension
from regulars.differentiate.explore.dimensions.fields import dimension_of
from regulars.differentiate.explore.dimensions.segment import segment_dimensions
from regulars.differentiate.explore.measure import Measure
from regulars.identify.customers.public import fields_of
from regulars.organization.public import Brand

Declared = TypeVar("Declared", Measure, Dimension)


class DeclaredTwice(Exception):
    """Two measures, or two dimensions, have the same key."""


@cache
def measures() -> Mapping[str, Measure]:
    """Return every measure by its key. Raises DeclaredTwice."""
    return _by_key([one for one in _declared("measures") if isinstance(one, Measure)])


@cache
def common_dimensions() -> Mapping[str, Dimension]:
    """Return the dimensions that every brand has, by their keys. Raises DeclaredTwice."""
    return _by_key([one for one in _declared("dimensions") if isinstance(one, Dimension)])


def dimensions(*, brand: Brand) -> Mapping[str, Dimension]:
    """Return the dimensions of a brand by their keys: those that all have, its own customer fields,
    and its segments."""
    own = [dimension_of(field) for field in fields_of(brand=brand)]
    return {**common_dimensions(), **_by_key(own), **_by_key(segment_dimensions(brand))}


def _by_key(declared: Iterable[Declared]) -> dict[str, Declared]:
    found: dict[str, Declared] = {}
    for one in declared:
        if found.setdefault(one.key, one) is not one:
            raise DeclaredTwice(one.key)
    return found


def _declared(name: str) -> Iterator[object]:
    for module in _modules(name):
        yield from vars(module).values()


def _modules(name: str) -> Iterator[ModuleType]:
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, name):
            module = import_module(f"{config.name}.{name}")
            yield module
            for found in pkgutil.iter_modules(getattr(module, "__path__", [])):
                yield import_module(f"{module.__name__}.{found.name}")
