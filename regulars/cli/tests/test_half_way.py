"""Figures of a brand whose import was left half-way come with a warning."""

import pytest

from regulars.cli import half_way
from regulars.cli.half_way import warn_of_half_imports
from regulars.identify.intake.models import ImportKind
from regulars.identify.intake.public import Import, Unfinished
from regulars.identify.intake.unfinished import Standing
from tests.people import NOW


@pytest.mark.parametrize(
    ("standing", "written", "undoing", "warned"),
    [
        (Standing.BROKE_OFF, {"orders": 3}, False, "import finish"),
        (Standing.BROKE_OFF, {"orders": 3}, True, "import undo"),
        (Standing.BROKE_OFF, {"orders": 0}, False, ""),
        (Standing.RUNNING, {"orders": 3}, False, ""),
    ],
)
def test_what_was_left_half_way_is_named_with_the_way_on(
    teahouse, monkeypatch, capsys, standing, written, undoing, warned
):
    imported = Import.objects.create(
        brand=teahouse, kind=ImportKind.ORDERS, file_name="sales.csv", sha256="", size=0,
        created_at=NOW,
    )  # fmt: skip
    one = Unfinished(imported=imported, standing=standing, undoing=undoing, written=written)
    monkeypatch.setattr(half_way, "unfinished_imports", lambda brand: [one])
    warn_of_half_imports(teahouse)
    said = capsys.readouterr()
    assert said.out == ""
    assert (f"regulars {warned} {imported.pk}" in said.err) if warned else said.err == ""
