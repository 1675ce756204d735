from types import SimpleNamespace

import pytest

from tests.once import pytest_collection_modifyitems


def item(*fixtures: str, marks: set[str]) -> SimpleNamespace:
    found = {mark: getattr(pytest.mark, mark).mark for mark in marks}
    return SimpleNamespace(nodeid="test_asks", fixturenames=fixtures, get_closest_marker=found.get)


@pytest.mark.parametrize(
    "asking",
    [
        item("teahouse", "db", marks={"once"}),
        item("shop", "django_db_setup", marks={"once"}),
        item(marks={"once", "django_db"}),
    ],
)
def test_a_test_that_may_ask_a_database_is_not_once(asking: SimpleNamespace) -> None:
    with pytest.raises(pytest.UsageError, match="test_asks"):
        pytest_collection_modifyitems([asking])


def test_others_ask_as_they_like() -> None:
    pytest_collection_modifyitems([item(marks={"once"}), item("db", marks=set())])
    reasoned = SimpleNamespace(
        nodeid="test_asks",
        fixturenames=("db",),
        get_closest_marker={"once": pytest.mark.once("it holds no facts").mark}.get,
    )
    pytest_collection_modifyitems([reasoned])
