"""What no shop can know: the true parameters of each customer, and how they would respond.

Kept apart from the facts. Later capabilities are tested by how well they find it out.
"""

import numpy as np
import pyarrow as pa

from regulars.simulate.arrays import Floats, stream
from regulars.simulate.history import History
from regulars.simulate.identity import member_numbers
from regulars.simulate.looks import draw_looks, looked_and_left
from regulars.simulate.purchases import NEVER
from regulars.simulate.upheavals import NOBODY

OFFERS = ("percent", "amount", "gift", "free_shipping", "points")
CHANNELS = ("email", "sms", "wechat", "post")


def truth_table(history: History) -> pa.Table:
    """Return one row a customer.

    ``rate`` is λ in purchases a day of the shop's own time, ``dropout`` p; ``left_at`` the last
    purchase of those who have left. ``driven_by`` is what drove them away, as ``dearer GRN-SE``;
    they would have come again. ``looked_and_left``: they once looked at goods in the web shop and
    bought nothing within three days. ``offer_…`` is by how much an offer of that kind multiplies
    the rate while it is valid (1 = nothing); ``message_…`` the chance that a first message on that
    channel is read; ``fatigue`` the share of attention each further message in a month costs;
    ``returns_by_itself`` the chance to buy within 30 days if left alone.
    """
    people, shop = history.people, history.shop
    left_at = history.lives.left_at
    tastes = {
        f"taste_{name}": people.tastes[:, place] for place, name in enumerate(shop.categories)
    }
    return pa.table(
        {
            "member_number": member_numbers(np.arange(len(people))),
            "segment": pa.array([kind.name for kind in shop.segments]).take(
                pa.array(people.segment)
            ),
            "rate": people.rate,
            "dropout": people.dropout,
            "order_value": people.order_value,
            "wholesale": people.wholesale,
            "repeats": history.lives.repeats,
            "left_at": pa.array(
                left_at * 1_000_000, pa.timestamp("us", "UTC"), mask=left_at == NEVER
            ),
            "driven_by": _driven_by(history),
            "looked_and_left": looked_and_left(history, draw_looks(history)),
            "speed": people.speed,
            "thrift": people.thrift,
            **tastes,
            **_responses(history),
        }
    )


def _driven_by(history: History) -> pa.Array:
    names = [f"{one.kind} {one.place or one.sku}" for one in history.shop.upheavals]
    by = history.driven.by
    return pa.array([*names, ""]).take(pa.array(np.where(by == NOBODY, len(names), by)))


def _responses(history: History) -> dict[str, Floats]:
    """Draw responses: the thrifty answer to money, everybody a little to gifts."""
    seed, thrift, size = history.seed, history.people.thrift, len(history.people)
    leaning = {"percent": 1.2, "amount": 1.0, "gift": 0.2, "free_shipping": 0.6, "points": 0.4}
    offers = {
        f"offer_{kind}": 1
        + stream(seed, "offer", kind).gamma(1.5, 0.2, size) * (0.3 + leaning[kind] * thrift)
        for kind in OFFERS
    }
    messages = {
        f"message_{channel}": stream(seed, "message", channel).beta(2.0, 4.0, size)
        for channel in CHANNELS
    }
    alive = history.lives.left_at == NEVER
    by_itself = np.where(alive & history.people.buys, 1 - np.exp(-30 * history.people.rate), 0.0)
    fatigue = stream(seed, "fatigue").beta(1.5, 6.0, size)
    return {**offers, **messages, "fatigue": fatigue, "returns_by_itself": by_itself}
