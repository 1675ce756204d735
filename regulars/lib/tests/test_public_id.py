import re

from regulars.lib.public_id import public_id, public_ids


def test_a_public_id_is_its_prefix_and_sixteen_letters_that_cannot_be_misread() -> None:
    assert re.fullmatch(r"cus_[0-9a-hjkmnp-tv-z]{16}", public_id("cus"))


def test_public_ids_come_in_any_number_and_never_twice() -> None:
    assert public_ids("ord", 0) == []
    assert len(set(public_ids("ord", 10_000))) == 10_000
