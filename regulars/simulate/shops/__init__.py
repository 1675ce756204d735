"""The shops that can be simulated."""

from regulars.simulate.shop import Shop
from regulars.simulate.shops.bakery import BAKERY
from regulars.simulate.shops.plain import PLAIN
from regulars.simulate.shops.teahouse import TEAHOUSE

SHOPS: dict[str, Shop] = {shop.slug: shop for shop in (TEAHOUSE, BAKERY, PLAIN)}
