"""Teahouse 茶舍: five rooms and a web shop in Britain; tea by weight, teaware, things to eat.

Of late Golden Yunnan grew dearer, Genmaicha was given up, and the room in Bristol was closed.
"""

from regulars.simulate.shop import (
    Festival,
    Place,
    Process,
    Promotion,
    Season,
    Segment,
    Shop,
    Spend,
    StaffField,
    Upheaval,
)
from regulars.simulate.shops import feasts
from regulars.simulate.shops.teahouse_goods import GOODS

PLACES = (
    Place(
        code="soho",
        name="Soho",
        city="London",
        region="Greater London",
        country="GB",
        postcode="W1F",
        weight=5,
    ),
    Place(
        code="camden",
        name="Camden",
        city="London",
        region="Greater London",
        country="GB",
        postcode="NW1",
        weight=3,
    ),
    Place(
        code="leeds",
        name="Leeds",
        city="Leeds",
        region="West Yorkshire",
        country="GB",
        postcode="LS1",
        weight=3,
    ),
    Place(
        code="bristol",
        name="Bristol",
        city="Bristol",
        region="Bristol",
        country="GB",
        postcode="BS1",
        weight=2.5,
        opened=210,
    ),
    Place(
        code="edinburgh",
        name="Edinburgh",
        city="Edinburgh",
        region="Lothian",
        country="GB",
        postcode="EH1",
        weight=2.5,
        opened=420,
    ),
    Place(
        code="web",
        name="Web shop 网店",
        city="London",
        region="Greater London",
        country="GB",
        postcode="W1F",
        weight=3,
        online=True,
    ),
)

DRINKERS = Segment(
    name="drinkers",
    share=0.3,
    process=Process(r=1.6, alpha=42.0, a=0.9, b=24.0, may_leave_at_once=True),
    spend=Spend(p=6.0, q=3.2, gamma=9.5),
    extras=0.9,
    tastes={"Herbal": 0.4, "Teaware": 0.5, "Gifts": 0.3},
)
OCCASIONAL = Segment(
    name="occasional",
    share=0.45,
    process=Process(r=1.3, alpha=95.0, a=0.9, b=4.0, may_leave_at_once=True),
    spend=Spend(p=5.0, q=3.2, gamma=9.5),
    extras=0.7,
    tastes={"Herbal": 0.6, "To eat": 1.6, "Gifts": 0.6},
)
GIVERS = Segment(
    name="givers",
    share=0.25,
    process=Process(r=1.2, alpha=190.0, a=1.0, b=2.2, may_leave_at_once=True),
    spend=Spend(p=5.0, q=3.0, gamma=30.0),
    extras=1.2,
    tastes={"Gifts": 4.0, "Teaware": 3.0, "Herbal": 0.4},
)

SEASON = Season(
    months=(1.0, 0.98, 0.98, 0.95, 0.92, 0.85, 0.8, 0.82, 0.98, 1.08, 1.15, 1.15),
    store_days=(0.8, 0.85, 0.95, 1.0, 1.15, 1.5, 1.15),
    web_days=(1.15, 1.05, 1.0, 0.95, 0.9, 0.85, 1.25),
    store_hours=(0,) * 9 + (0.4, 0.9, 1.2, 1.3, 1.3, 1.4, 1.5, 1.5, 1.2, 0.7) + (0,) * 5,
    web_hours=(
        0.3,
        0.1,
        0.05,
        0.05,
        0.05,
        0.1,
        0.3,
        0.7,
        0.9,
        1.0,
        1.0,
        1.0,
        1.2,
        1.0,
        0.9,
        0.9,
        1.0,
        1.1,
        1.2,
        1.5,
        1.9,
        2.1,
        1.6,
        0.8,
    ),
    festivals=(
        Festival(name="Christmas", dates=feasts.every(12, 23), days=32, lift=2.6),
        Festival(name="Spring Festival", dates=feasts.SPRING_FESTIVAL, days=14, lift=1.5),
        Festival(name="Easter", dates=feasts.EASTER, days=10, lift=1.25),
        Festival(name="Mid-Autumn", dates=feasts.MID_AUTUMN, days=12, lift=1.35),
    ),
)

TEAHOUSE = Shop(
    slug="teahouse",
    name="Teahouse 茶舍",
    timezone="Europe/London",
    currency="GBP",
    language="en",
    segments=(DRINKERS, OCCASIONAL, GIVERS),
    goods=GOODS,
    places=PLACES,
    season=SEASON,
    promotions=(
        Promotion(code="SPRING10", month=3, day=10, days=21, rate=0.1),
        Promotion(code="TEA-15", month=10, day=15, days=18, rate=0.15),
        Promotion(code="BOXING20", month=12, day=26, days=9, rate=0.2),
    ),
    upheavals=(
        Upheaval(days=90, leaves=0.5, sku="BLK-DH", rise=0.22),
        Upheaval(days=110, leaves=0.6, sku="GRN-GM", instead="GRN-SE"),
        Upheaval(days=75, leaves=0.5, place="bristol"),
    ),
    chinese=0.18,
    growth=3.5,
    opening=2.5,
    never=0.05,
    shipping=3.95,
    free_from=35.0,
    interests=(
        "green tea",
        "oolong",
        "pu'er",
        "ceramics",
        "baking",
        "gardening",
        "calligraphy",
        "yoga",
    ),
    fields=(
        StaffField(
            key="how_they_brew",
            label="How they brew 冲泡方式",
            kind="choice",
            known=0.4,
            choices=("gongfu 工夫", "pot 壶泡", "cold 冷泡"),
        ),
        StaffField(
            key="avoids_caffeine", label="Avoids caffeine 不喝咖啡因", kind="yes_no", known=0.3
        ),
        StaffField(
            key="cups_a_day", label="Cups a day 每日几杯", kind="number", known=0.25, most=8
        ),
    ),
)
