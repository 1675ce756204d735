"""What a shop is made of before anybody has bought: its parameters, all of them known."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """When people buy: BG/NBD with time in days (Fader, Hardie & Lee 2005).

    Purchases come at rate λ ~ Gamma(r, rate=alpha); after each repeat purchase the customer leaves
    for good with probability p ~ Beta(a, b). With ``may_leave_at_once`` they may leave after the
    first purchase as well (MBG/NBD, Batislam et al. 2007).
    """

    r: float
    alpha: float
    a: float
    b: float
    may_leave_at_once: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend:
    """What an order is worth, in major units: Gamma-Gamma (Fader & Hardie 2013).

    z ~ Gamma(p, rate=ν) with ν ~ Gamma(q, rate=gamma), independent of the process.
    """

    p: float
    q: float
    gamma: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """People of a kind: ``tastes`` weighs categories, ``extras`` is the mean of unplanned lines."""

    name: str
    share: float
    process: Process
    spend: Spend
    extras: float = 0.8
    tastes: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Good:
    """A product. A loose one is weighed: its price is for one unit and quantities are fractions.

    ``cycle`` is how many days one purchase of a consumable lasts an average customer.
    """

    sku: str
    name: str
    category: str
    price: float
    cost: float
    cycle: float = 0.0
    popularity: float = 1.0
    loose: bool = False
    maker: str = ""
    returns: float = 0.01

    @property
    def consumable(self) -> bool:
        return self.cycle > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A branch; ``opened`` counts days from the opening of the shop; ``online`` sends parcels."""

    code: str
    name: str
    city: str
    region: str
    country: str
    postcode: str
    weight: float
    opened: int = 0
    online: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Festival:
    """Days that more is bought before: the ramp begins ``days`` before and peaks at ``lift``."""

    name: str
    dates: tuple[date, ...]
    days: int
    lift: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """A code that takes ``rate`` off, valid ``days`` days from that month and day, every year."""

    code: str
    month: int
    day: int
    days: int
    rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Upheaval:
    """What drives people away, ``days`` before the end: a branch closed, or goods given up.

    With a ``rise`` the goods only grow dearer by that share. ``leaves`` is the share of those
    concerned who never come again; who stays takes the goods ``instead``.
    """

    days: int
    leaves: float
    place: str = ""
    sku: str = ""
    rise: float = 0.0
    instead: str = ""

    @property
    def kind(self) -> str:
        if self.place:
            return "closed"
        return "dearer" if self.rise else "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffField:
    """A field staff defined, and the share of customers for whom it is ``known``."""

    key: str
    label: str
    kind: str
    known: float
    choices: tuple[str, ...] = ()
    most: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """How busy it is: by month, by day of the week (Monday first) and hour, in store and online."""

    months: tuple[float, ...] = (1.0,) * 12
    store_days: tuple[float, ...] = (1.0,) * 7
    web_days: tuple[float, ...] = (1.0,) * 7
    store_hours: tuple[float, ...] = (1.0,) * 24
    web_hours: tuple[float, ...] = (1.0,) * 24
    festivals: tuple[Festival, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A shop to be simulated; amounts are in major units of its currency."""

    slug: str
    name: str
    timezone: str
    currency: str
    language: str
    segments: tuple[Segment, ...]
    goods: tuple[Good, ...]
    places: tuple[Place, ...]
    season: Season = Season()
    promotions: tuple[Promotion, ...] = ()
    upheavals: tuple[Upheaval, ...] = ()
    chinese: float = 0.5  # share of customers with Chinese names, who read Chinese
    online: float = 0.25  # share of customers who buy on the web only
    either: float = 0.15  # share who do both
    growth: float = 1.0  # new customers a day at the end, for one at the opening
    opening: float = 1.0  # lift of the first weeks, fading
    never: float = 0.0  # share who are known and never buy
    strangers: float = 0.1  # orders of unknown people, for one order of a known one
    wholesale: float = 0.01
    wholesale_spend: float = 15.0  # times the spend of others
    refunds: float = 1.0  # times the goods' own rate of return
    unreferenced: float = 0.25  # share of refunds that do not name their order
    tax: float = 0.2
    shipping: float = 0.0
    free_from: float = 0.0
    interests: tuple[str, ...] = ()
    fields: tuple[StaffField, ...] = ()

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(good.category for good in self.goods))

    def price_in_the_end(self, good: Good) -> float:
        """Return what a product costs after every rise."""
        rises = [one.rise for one in self.upheavals if one.sku == good.sku]
        return round(good.price * (1 + sum(rises)), 2)
