"""The simulator's front door: a synthetic shop of any size, with known truth inside."""

from regulars.simulate.demo import make_demo
from regulars.simulate.files import Written, write_files
from regulars.simulate.history import History, simulate
from regulars.simulate.loading import NotBroughtIn, load
from regulars.simulate.opening import open_shop
from regulars.simulate.shop import Shop
from regulars.simulate.shops import SHOPS

__all__ = [
    "SHOPS",
    "History",
    "NotBroughtIn",
    "Shop",
    "Written",
    "load",
    "make_demo",
    "open_shop",
    "simulate",
    "write_files",
]
