"""The demo: two living shops with their staff and the cast, ready to be looked at."""

from collections.abc import Callable
from datetime import datetime, timedelta

from regulars.differentiate.metrics.public import MetricRun, refresh
from regulars.differentiate.value.public import value_customers
from regulars.lake.public import catch_up
from regulars.organization.public import User
from regulars.simulate.cast import CAST
from regulars.simulate.history import DAYS_A_YEAR, History, simulate
from regulars.simulate.loading import load
from regulars.simulate.looks import tell_looks
from regulars.simulate.opening import STAFF, employ, open_shop
from regulars.simulate.questions import save_questions
from regulars.simulate.segments import make_segments
from regulars.simulate.shops import SHOPS
from regulars.simulate.telling import tell

SEED, YEARS = 20, 3.0
HISTORY_DAYS = (30, 14, 0)  # one looks back at these; the newest comes last
SIZES = {"teahouse": 5_000, "bakery": 1_500}

Say = Callable[[str], None]


def make_demo(*, password: str, until: datetime, say: Say) -> str:
    """Make the demo in a migrated installation, and return the address its owner signs in with.

    Begun and not finished, it is finished by the same ``password`` and ``until``, the instant at
    which its history ends. ``say`` hears what is being done.
    """
    histories = [_history(slug, until) for slug in SIZES]
    say("Opening the shops …")
    opened_at = until - timedelta(days=YEARS * DAYS_A_YEAR)
    for history in histories:
        open_shop(history.shop, opened_at=opened_at, by=None, now=until)
    owner = employ(STAFF, password=password, by=None, now=until)[0]
    for history in histories:
        _people(history, owner, until, say=say)
    say("Mirroring everything into the lake …")
    catch_up()
    say("Computing metrics, and those of the month behind, and what customers are worth …")
    for history in histories:
        _measure(history, until)
    say("Finding the people of the first segments …")
    for history in histories:
        brand = open_shop(history.shop, opened_at=until, by=None, now=until)
        make_segments(brand=brand, by=owner, now=until)
    return owner.email


def _people(history: History, owner: User, until: datetime, *, say: Say) -> None:
    brand = open_shop(history.shop, opened_at=until, by=None, now=until)
    say(f"{brand.name}: {len(history.people)} customers, {len(history.purchases)} orders …")
    load(history, brand=brand, by=owner, now=until)
    tell_looks(history, brand=brand, now=until)
    for story in CAST[brand.slug]:
        tell(story, brand=brand, shop=history.shop, by=owner, now=until)


def _measure(history: History, until: datetime) -> None:
    brand = open_shop(history.shop, opened_at=until, by=None, now=until)
    today = until.astimezone(brand.zone).date()
    for back in HISTORY_DAYS:
        refresh(brand=brand, now=until, as_of=today - timedelta(days=back))
    value_customers(run=MetricRun.objects.get(brand=brand, as_of_on=today))
    save_questions(brand=brand, by=None, now=until)


def _history(slug: str, until: datetime) -> History:
    return simulate(SHOPS[slug], size=SIZES[slug], seed=SEED, years=YEARS, until=until)
