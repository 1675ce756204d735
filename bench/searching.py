"""S10, the search box: people by what they say on the phone, at a million customers."""

import json
import subprocess
import sys
import time

from bench.databases import Installation, databases, installation
from bench.figures import Figure

SIZES = {"small": 20_000, "full": 1_000_000}  # customers
MOST_MILLISECONDS = 50.0
ASKED = 25  # of each manner of asking
FIRST_NAMES = "Alice Anna Bob Chloé Dan Emma Fatima George Hana Ivan Jun Kim Lena Marie Noor Olga"
LAST_NAMES = "Moreau Larsen Dubois Novak Stone Petrov Okoye Adler Blum Zhang Tanaka Müller Silva"
CHINESE_NAMES = "王伟 李娜 张敏 刘洋 陈静 杨光 黄丽 周杰 吴磊 徐晓明 孙悦"
FIRST, LAST, CHINESE = FIRST_NAMES.split(), LAST_NAMES.split(), CHINESE_NAMES.split()


def measure(*, size: str) -> list[Figure]:
    figures = []
    for database in databases():
        with installation(database) as place:
            place.regulars("lake", "status")
            said = _apart(place, "fill_and_ask", SIZES[size])
        figures += [
            Figure(
                claim=f"S10 search by {manner}, p95, {SIZES[size]:,} customers, {database}",
                figure=milliseconds,
                unit="ms",
                target="≤ 50 ms",
                met=milliseconds <= MOST_MILLISECONDS,
            )
            for manner, milliseconds in said.items()
        ]
    return figures


def fill_and_ask(customers: int) -> dict[str, float]:
    from regulars.identify.customers.public import find_people
    from regulars.organization.public import Brand

    brand = Brand.objects.create(slug="bench", name="Bench", country="GB")
    _fill(brand.pk, customers)
    slowest = {}
    for manner, texts in _questions(customers).items():
        taken = []
        for text in texts:
            began = time.perf_counter()
            found = find_people(brand=brand, text=text, limit=20)
            taken.append(time.perf_counter() - began)
            assert found or manner == "nothing", (manner, text)
        slowest[manner] = sorted(taken)[int(len(taken) * 0.95)] * 1000
    return slowest


def _questions(customers: int) -> dict[str, list[str]]:
    some = [(turn * 7919) % customers for turn in range(ASKED)]
    return {
        "first name": [FIRST[one % len(FIRST)].lower() for one in some],
        "two letters": [FIRST[one % len(FIRST)][:2] for one in some],
        "surname": [LAST[one % len(LAST)] for one in some],
        "whole name": [f"{_name(one)}" for one in some],
        "Chinese character": [name[0] for name in CHINESE] + [name[1] for name in CHINESE],
        "e-mail": [f"p{one}@mail" for one in some],
        "phone": [f"0{7_000_000_000 + one}" for one in some],
        "last digits": [f"{one:010}"[-6:] for one in some],
        "member number": [f"M-{one}" for one in some],
        "nothing": [f"zzz{one}" for one in some],
    }


def _name(one: int) -> str:
    if one % 11 == 0:
        return CHINESE[one // 11 % len(CHINESE)]
    return f"{FIRST[one % len(FIRST)]} {LAST[one % len(LAST)]}{one % 997}"


def _fill(brand_id: int, customers: int) -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from regulars.identify.customers.models import Customer, Identifier
    from regulars.identify.customers.public import name_keys, tail
    from regulars.lib.public_id import public_ids

    batch, now = 20_000, timezone.now()
    for first in range(0, customers, batch):
        numbers = range(first, min(first + batch, customers))
        names = {one: _name(one) for one in numbers}
        keys = name_keys(names.values())
        with transaction.atomic():
            people = Customer.objects.bulk_create(
                Customer(
                    public_id=public, brand_id=brand_id, name=names[one],
                    search_name=keys[names[one]][0], turned_name=keys[names[one]][1],
                    created_at=now, revision=1,
                )
                for one, public in zip(numbers, public_ids("cus", len(numbers)), strict=True)
            )  # fmt: skip
            Identifier.objects.bulk_create(
                Identifier(
                    brand_id=brand_id, customer=person, kind=kind, value=value,
                    tail=tail(kind, value), created_at=now, revision=1,
                )
                for one, person in zip(numbers, people, strict=True)
                for kind, value in (
                    ("email", f"p{one}@mail.test"),
                    ("phone", f"+44{7_000_000_000 + one}"),
                    ("member_number", f"M-{one}"),
                )
            )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _apart(place: Installation, function: str, size: int) -> dict[str, float]:
    code = (
        "import django, json; django.setup(); from bench import searching; "
        f"print(json.dumps(searching.{function}({size})))"
    )
    environment = {**place.environment, "DJANGO_SETTINGS_MODULE": "regulars.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout)
