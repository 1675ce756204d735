"""The demo: two living shops with their staff and the cast, ready to be looked at."""

import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from regulars.lake.public import catch_up
from regulars.organization.public import User
from regulars.simulate.cast import CAST
from regulars.simulate.history import DAYS_A_YEAR, History, simulate
from regulars.simulate.opening import OWNER, STAFF, employ, open_shop
from regulars.simulate.shops import SHOPS
from regulars.simulate.telling import tell

SEED, YEARS = 20, 3.0
SIZES = {"teahouse": 5_000, "bakery": 1_500}

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Demo:
    """What is remembered of a demo in its data folder, so that a restart makes no second one."""

    owner: str
    password: str
    until: datetime
    ready: bool = False


def demo_in(folder: Path) -> Demo | None:
    """Return the demo begun in a data folder, if one was."""
    path = _path(folder)
    if not path.exists():
        return None
    found = json.loads(path.read_text("utf-8"))
    return Demo(**{**found, "until": datetime.fromisoformat(found["until"])})


def prepare_demo(folder: Path, *, now: datetime, say: Say) -> Demo:
    """Make the demo in a migrated, empty installation; begun and not finished, it is finished.

    ``say`` hears what is being done.
    """
    demo = demo_in(folder)
    if demo is None:
        demo = Demo(owner=OWNER.email, password=secrets.token_urlsafe(9), until=now)
        _remember(folder, demo)
    if not demo.ready:
        _make(demo, say=say)
        demo = replace(demo, ready=True)
        _remember(folder, demo)
    return demo


def _make(demo: Demo, *, say: Say) -> None:
    histories = [_history(slug, demo) for slug in SIZES]
    say("Opening the shops …")
    for history in histories:
        opened_at = demo.until - timedelta(days=YEARS * DAYS_A_YEAR)
        open_shop(history.shop, opened_at=opened_at, by=None, now=demo.until)
    owner = employ(STAFF, password=demo.password, by=None, now=demo.until)[0]
    for history in histories:
        _people(history, owner, demo, say=say)
    say("Mirroring everything into the lake …")
    catch_up()


def _people(history: History, owner: User, demo: Demo, *, say: Say) -> None:
    brand = open_shop(history.shop, opened_at=demo.until, by=None, now=demo.until)
    say(f"{brand.name}: {len(history.people)} customers, {len(history.purchases)} orders …")
    for story in CAST[brand.slug]:
        tell(story, brand=brand, shop=history.shop, by=owner, now=demo.until)


def _history(slug: str, demo: Demo) -> History:
    return simulate(SHOPS[slug], size=SIZES[slug], seed=SEED, years=YEARS, until=demo.until)


def _remember(folder: Path, demo: Demo) -> None:
    path = _path(folder)
    path.touch(mode=0o600)
    written = {**asdict(demo), "until": demo.until.isoformat()}
    path.write_text(json.dumps(written, indent=1) + "\n", "utf-8")


def _path(folder: Path) -> Path:
    return folder / "demo.json"
