import pytest
from django.utils import translation

from regulars.ui.templatetags.ui import grouped


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (4740, "4,740"),
        ("4740", "4,740"),
        (-12345, "-12,345"),
        (7, "7"),
        ("£986,934", "£986,934"),
        ("71 %", "71 %"),
        ("", ""),
        (True, True),
    ],
)
def test_whole_numbers_are_grouped_and_nothing_else_is_touched(value: object, shown: object):
    assert grouped(value) == shown


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_thousands_are_grouped_in_both_languages(language: str):
    with translation.override(language):
        assert grouped(1234567) == "1,234,567"
