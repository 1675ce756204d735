"""A duty for each brand: the trouble of one is written down, and the others are served."""

from datetime import datetime

import pytest

from regulars.organization.each_brand import BrandsFailed, for_each_brand, troubles_of
from regulars.organization.public import Brand, Trouble, User
from regulars.work import turn
from tests.cast import SignIn


class Oven:
    """Something done for brands that fails for those on its list."""

    def __init__(self, *broken: str) -> None:
        self.broken = set(broken)
        self.served: list[str] = []

    def __call__(self, brand: Brand, now: datetime) -> None:
        if brand.slug in self.broken:
            raise ValueError("the oven is cold")
        self.served.append(brand.slug)


def test_one_brand_in_trouble_does_not_stop_the_others(teahouse: Brand, bakery: Brand) -> None:
    oven = Oven("teahouse")
    for _ in range(2):
        with pytest.raises(BrandsFailed, match="1 of 2 brands"):
            for_each_brand(oven, duty="bake")
    assert oven.served == ["bakery", "bakery"]
    ((title, trouble),) = troubles_of(teahouse)
    assert (title, trouble.error, trouble.failures) == ("bake", "ValueError: the oven is cold", 2)
    assert troubles_of(bakery) == []

    oven.broken.clear()
    for_each_brand(oven, duty="bake")
    assert not Trouble.objects.exists()


def test_a_duty_asked_to_stop_serves_no_further_brand(
    teahouse: Brand, bakery: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    oven = Oven()
    token = turn._stop_asked.set(lambda: bool(oven.served))
    for_each_brand(oven, duty="bake")
    turn._stop_asked.reset(token)
    assert oven.served == ["teahouse"]


def test_the_brand_in_trouble_is_told_and_no_other(
    teahouse: Brand, dan: User, rosa: User, sign_in: SignIn
) -> None:
    with pytest.raises(BrandsFailed):
        for_each_brand(Oven("teahouse"), duty="metrics")
    for page in ("/b/{}/settings/system/", "/b/{}/today/system/"):
        theirs = sign_in(dan).get(page.format("teahouse")).content.decode()
        others = sign_in(rosa).get(page.format("bakery")).content.decode()
        assert "Compute metrics where facts changed" in theirs
        assert "Fails for this brand" in theirs
        assert "Fails for this brand" not in others
        assert "the oven is cold" not in others
