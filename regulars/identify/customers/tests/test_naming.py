import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.identify.customers.naming import name_keys, search_name, turned_name


@pytest.mark.parametrize(
    ("name", "searched", "turned"),
    [
        ("Alice  Moreau", "alice moreau", "moreau alice"),
        ("Chloé", "chloe", ""),
        ("Søren O'Brien-Smith", "søren o brien smith", "smith søren o brien"),
        ("Straße", "strasse", ""),
        ("大卫", "大卫", "卫大"),
        ("王小明", "王小明", "小明王"),
        ("欧阳娜娜", "欧阳娜娜", "娜娜欧阳"),
        ("Ａｌｉｃｅ", "alice", ""),
        ("", "", ""),
    ],
)
def test_a_name_is_found_by_either_end(name: str, searched: str, turned: str) -> None:
    assert name_keys([name]) == {name: (searched, turned)}


@given(st.text(max_size=250))
def test_what_is_searched_is_searched_the_same_again(name: str) -> None:
    once = search_name(name)
    assert search_name(once) == once
    assert len(turned_name(once)) <= 200
