"""How customers appear: names, birthdays, addresses and ways to be reached, some of it unknown."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from regulars.simulate.arrays import Flags, Numbers, choose, stream
from regulars.simulate.history import History
from regulars.simulate.names import spelled, stock
from regulars.simulate.people import WEB
from regulars.simulate.phones import phone_numbers

DOMAINS = ("mail.test", "post.test", "inbox.test", "letters.test")
SOURCES = ("till", "web", "friend", "event", "card")


@dataclass(frozen=True, slots=True)
class Persons:
    """Drawn facts of identity, one row a customer."""

    chinese: Flags
    female: Flags
    online: Flags
    written: pa.Array
    latin: pa.Array


def identity_table(history: History) -> pa.Table:
    """Return one row a customer, in their order, with a member number as the key."""
    persons = _persons(history)
    size = len(history.people)
    return pa.table(
        {
            "member_number": member_numbers(np.arange(size)),
            "name": persons.written,
            "gender": _gender(history, persons),
            "born_on": _born_on(history),
            "language": pc.if_else(pa.array(persons.chinese), "zh-hans", "en"),
            **_residence(history, persons),
            "interests": _interests(history),
            "source": _source(history, persons),
            "branch": pa.array([place.code for place in history.shop.places]).take(
                pa.array(history.people.branch)
            ),
            **_contacts(history, persons),
            "joined_at": pa.array(history.people.joined_at * 1_000_000, pa.timestamp("us", "UTC")),
        }
    )


def member_numbers(place: Numbers) -> pa.Array:
    """Return the member number of customers by their place, from M-0000001."""
    digits = pc.utf8_lpad(pa.array(place + 1).cast(pa.string()), width=7, padding="0")
    return pc.binary_join_element_wise("M", digits, "-")


def known(history: History, what: str, share: float) -> Flags:
    """Draw for whom something is known."""
    return stream(history.seed, "known", what).random(len(history.people)) < share


def only(values: pa.Array, shown: Flags) -> pa.Array:
    """Keep values where ``shown``, and leave the rest empty."""
    return pc.if_else(pa.array(shown), values, pa.scalar(None, values.type))


def _drawn(history: History, name: str, entries: list[str]) -> pa.Array:
    rng = stream(history.seed, "identity", name)
    return pa.array(entries).take(pa.array(rng.integers(0, len(entries), len(history.people))))


def _persons(history: History) -> Persons:
    size, seed = len(history.people), history.seed
    chinese = stream(seed, "chinese").random(size) < history.shop.chinese
    female = stream(seed, "female").random(size) < 0.58
    written, latin = _chinese_names(history, female)
    forename = pc.if_else(
        pa.array(female),
        _drawn(history, "female", stock("female")),
        _drawn(history, "male", stock("male")),
    )
    surname = _drawn(history, "surname", stock("surnames"))
    name = pc.if_else(
        pa.array(chinese), written, pc.binary_join_element_wise(forename, surname, " ")
    )
    address = pc.if_else(
        pa.array(chinese), latin, pc.binary_join_element_wise(forename, surname, ".")
    )
    return Persons(chinese, female, history.people.habit == WEB, name, pc.utf8_lower(address))


def _chinese_names(history: History, female: Flags) -> tuple[pa.Array, pa.Array]:
    """Return names as written, and their spelling: one or two given characters."""
    size, rng = len(female), stream(history.seed, "chinese names")
    surnames, spellings = spelled("chinese_surnames")
    place = pa.array(choose(rng, 1 / (4 + np.arange(len(surnames))), size))
    parts = [(pa.array(surnames).take(place), pa.array(spellings).take(place))]
    single = rng.random(size) < 0.3
    for ordinal in range(2):
        women, men = _given(rng, "chinese_female", size), _given(rng, "chinese_male", size)
        given = [pc.if_else(pa.array(female), w, m) for w, m in zip(women, men, strict=True)]
        blank = pa.array(single & (ordinal == 1))
        parts.append((pc.if_else(blank, "", given[0]), pc.if_else(blank, "", given[1])))
    written = pc.binary_join_element_wise(*(part[0] for part in parts), "")
    latin = pc.binary_join_element_wise(*(part[1] for part in parts[1:]), "")
    return written, pc.binary_join_element_wise(latin, parts[0][1], ".")


def _given(rng: np.random.Generator, name: str, size: int) -> tuple[pa.Array, pa.Array]:
    characters, spellings = spelled(name)
    place = pa.array(rng.integers(0, len(characters), size))
    return pa.array(characters).take(place), pa.array(spellings).take(place)


def _gender(history: History, persons: Persons) -> pa.Array:
    rng = stream(history.seed, "gender")
    gender = pc.if_else(pa.array(persons.female), "female", "male")
    gender = pc.if_else(pa.array(rng.random(len(persons.female)) < 0.006), "other", gender)
    return only(gender, known(history, "gender", 0.8))


def _born_on(history: History) -> pa.Array:
    rng, size = stream(history.seed, "born"), len(history.people)
    years = np.clip(18 + rng.gamma(4.0, 5.5, size), 17, 92)
    day = history.hours.day[-1] - (years * 365.25).astype(np.int64)
    return only(_dates(day), known(history, "born", 0.55))


def _dates(day: Numbers) -> pa.Array:
    return pa.array(day.astype(np.int32), pa.int32()).cast(pa.date32())


def _residence(history: History, persons: Persons) -> dict[str, pa.Array]:
    """Let people live where their branch is, and those who buy on the web anywhere."""
    places = history.shop.places
    anywhere = choose(
        stream(history.seed, "town"), [place.weight for place in places], len(history.people)
    )
    town = pa.array(np.where(persons.online, anywhere, history.people.branch))
    shown = known(history, "town", 0.85)
    columns = {
        name: only(pa.array([getattr(place, name) for place in places]).take(town), shown)
        for name in ("city", "region", "country", "postcode")
    }
    at_home = persons.online | known(history, "address", 0.3)
    return columns | {"address": only(_addresses(history, persons), shown & at_home)}


def _addresses(history: History, persons: Persons) -> pa.Array:
    house = stream(history.seed, "house").integers(1, 180, len(history.people))
    number = pa.array(house).cast(pa.string())
    return pc.if_else(
        pa.array(persons.chinese),
        pc.binary_join_element_wise(
            _drawn(history, "chinese street", stock("chinese_streets")), number, "号", ""
        ),
        pc.binary_join_element_wise(number, _drawn(history, "street", stock("streets")), " "),
    )


def _interests(history: History) -> pa.Array:
    """Draw up to three interests, as lists; nobody's are known to be none."""
    size, offered = len(history.people), history.shop.interests
    if not offered:
        return pa.nulls(size, pa.list_(pa.string()))
    rng = stream(history.seed, "interests")
    count = np.where(known(history, "interests", 0.35), rng.integers(1, 4, size), 0)
    first, step = rng.integers(0, len(offered), size), rng.integers(1, 3, size)
    person = np.repeat(np.arange(size), count)
    ordinal = np.arange(len(person)) - np.repeat(np.cumsum(count) - count, count)
    chosen = (first[person] + ordinal * step[person]) % len(offered)
    offsets = pa.array(np.concatenate([[0], np.cumsum(count)]).astype(np.int32))
    lists = pa.ListArray.from_arrays(offsets, pa.array(offered).take(pa.array(chosen)))
    return only(lists, count > 0)


def _source(history: History, persons: Persons) -> pa.Array:
    weights: npt.ArrayLike = [6, 0, 1.5, 0.6, 1]
    drawn = choose(stream(history.seed, "source"), weights, len(history.people))
    return pa.array(SOURCES).take(pa.array(np.where(persons.online, 1, drawn)))


def _contacts(history: History, persons: Persons) -> dict[str, pa.Array]:
    size = len(history.people)
    number = pa.array(np.arange(1, size + 1)).cast(pa.string())
    domain = _drawn(history, "domain", list(DOMAINS))
    name = pc.binary_join_element_wise(persons.latin, number, "")
    phone = known(history, "phone", 0.6)
    wechat = pc.binary_join_element_wise("oSim", pc.utf8_lpad(number, width=24, padding="0"), "")
    return {
        "email": only(
            pc.binary_join_element_wise(name, domain, "@"),
            persons.online | known(history, "email", 0.62),
        ),
        "phone": _spread(phone_numbers(persons.chinese[phone]), phone),
        "wechat_openid": only(wechat, persons.chinese & known(history, "wechat", 0.7)),
        "user_id": only(pc.binary_join_element_wise("u", number, "-"), persons.online),
    }


def _spread(values: pa.Array, shown: Flags) -> pa.Array:
    place = pa.array(np.maximum(np.cumsum(shown) - 1, 0))
    return only(values.take(place), shown) if len(values) else pa.nulls(len(shown), values.type)
