import pytest

from regulars.work import books
from regulars.work.public import claim, claims, verify


@pytest.fixture(autouse=True)
def _nothing_claimed(monkeypatch):
    monkeypatch.setattr(books, "_claims", {})


def test_a_claim_without_contradictions_holds():
    @claim("Two is even.")
    def even():
        yield from ()

    (mine,) = [one for one in claims() if one.name.endswith(".even")]
    assert verify(mine).findings == ()


def test_a_claim_keeps_some_of_many_contradictions():
    @claim("All numbers are even.")
    def all_even():
        yield from (f"{number} is odd" for number in range(1, 10_000_000, 2))

    (mine,) = [one for one in claims() if one.name.endswith(".all_even")]
    assert len(verify(mine).findings) == 20
    assert verify(mine).findings[0] == "1 is odd"


@pytest.mark.django_db
def test_every_claim_of_every_app_can_be_asked_of_an_empty_shop():
    assert claims()
    assert not [verdict for one in claims() if (verdict := verify(one)).findings]
