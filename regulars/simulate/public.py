"""The simulator's front door: a synthetic shop of any size, with known truth inside."""

from regulars.simulate.demo import Demo, demo_in, prepare_demo
from regulars.simulate.files import Written, write_files
from regulars.simulate.history import History, simulate
from regulars.simulate.shop import Shop
from regulars.simulate.shops import SHOPS

__all__ = [
    "SHOPS",
    "Demo",
    "History",
    "Shop",
    "Written",
    "demo_in",
    "prepare_demo",
    "simulate",
    "write_files",
]
