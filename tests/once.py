"""A test marked ``once`` asks no database, and is refused if it could."""

import pytest

ASKING = {"db", "transactional_db", "django_db_setup"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    asking = [item.nodeid for item in items if item.get_closest_marker("once") and _asks(item)]
    if asking:
        listed = "\n  ".join(asking)
        raise pytest.UsageError(f"These are marked “once”, and may ask a database:\n  {listed}")


def _asks(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & ASKING) or item.get_closest_marker("django_db") is not None
