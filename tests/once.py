"""A test marked ``once`` asks no database, and is refused if it could.

Unless the mark gives the reason why it is the same on every database.
"""

import pytest

ASKING = {"db", "transactional_db", "django_db_setup"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    asking = [item.nodeid for item in items if _is_once(item) and _asks(item)]
    if asking:
        listed = "\n  ".join(asking)
        raise pytest.UsageError(f"These are marked “once”, and may ask a database:\n  {listed}")


def _is_once(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("once")
    return mark is not None and not mark.args


def _asks(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & ASKING) or item.get_closest_marker("django_db") is not None
