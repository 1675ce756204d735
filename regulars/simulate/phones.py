"""Telephone numbers that ring nowhere."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.simulate.arrays import Flags, Numbers
from regulars.simulate.names import stock

# Numbers Ofcom keeps for drama, a thousand behind each prefix:
# https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
BRITISH = [
    "447700900",
    "441134960",
    "441144960",
    "441154960",
    "441164960",
    "441174960",
    "441184960",
    "441214960",
    "441314960",
    "441414960",
    "441514960",
    "441614960",
    "441914980",
    "442079460",
    "442896496",
    "442920180",
    "441632960",
]
CHINESE = "+86169"  # 169 has never been given to an operator
A_THOUSAND, PER_AREA = 1_000, 8_000


def phone_numbers(chinese: Flags) -> pa.Array:
    """Give each person a number of their own, in E.164; none when the stock is used up."""
    places = np.where(chinese, np.cumsum(chinese), np.cumsum(~chinese)) - 1
    british = A_THOUSAND * len(BRITISH)
    return pc.if_else(
        pa.array(chinese),
        _numbered(CHINESE, places, 8),
        pc.if_else(pa.array(places < british), _british(places), _american(places - british)),
    )


def _british(places: Numbers) -> pa.Array:
    block = np.clip(places // A_THOUSAND, 0, len(BRITISH) - 1)
    prefix = pa.array([f"+{prefix}" for prefix in BRITISH]).take(pa.array(block))
    return _numbered(prefix, places % A_THOUSAND, 3)


def _american(places: Numbers) -> pa.Array:
    """Use exchange 555 of the North American plan: none of these numbers is in service."""
    areas = stock("american_areas")
    block = np.clip(places // PER_AREA, 0, len(areas))
    prefixes = [f"+1{area}555" for area in areas]
    prefix = pa.array([*prefixes, None], pa.string()).take(pa.array(block))
    return _numbered(prefix, 2_000 + places % PER_AREA, 4)


def _numbered(prefix: "pa.Array | str", places: Numbers, digits: int) -> pa.Array:
    padded = pc.utf8_lpad(pa.array(places).cast(pa.string()), width=digits, padding="0")
    return pc.binary_join_element_wise(prefix, padded, "")
