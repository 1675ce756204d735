"""Teahouse 茶舍: five rooms and a web shop in Britain; tea by weight, teaware, things to eat."""

from regulars.simulate.shop import (
    Festival,
    Good,
    Place,
    Process,
    Promotion,
    Season,
    Segment,
    Shop,
    Spend,
    StaffField,
)
from regulars.simulate.shops import feasts

# sku, name, price and cost of 100 g, days 100 g last, popularity
LOOSE = {
    "Tea / Green": (
        ("GRN-LJ", "Dragon Well 龙井", 14.5, 5.6, 42, 5),
        ("GRN-BL", "Green Snail Spring 碧螺春", 16.0, 6.4, 45, 3),
        ("GRN-SE", "Sencha 煎茶", 9.5, 3.3, 35, 6),
        ("GRN-JM", "Jasmine Pearls 茉莉龙珠", 12.0, 4.4, 40, 5),
        ("GRN-GM", "Genmaicha 玄米茶", 7.5, 2.4, 35, 3),
    ),
    "Tea / Oolong": (
        ("OOL-TG", "Iron Goddess 铁观音", 13.5, 5.2, 40, 5),
        ("OOL-DH", "Big Red Robe 大红袍", 19.5, 8.1, 50, 3),
        ("OOL-DF", "Oriental Beauty 东方美人", 22.0, 9.4, 55, 2),
        ("OOL-AL", "Alishan High Mountain 阿里山", 18.0, 7.4, 48, 3),
    ),
    "Tea / Black": (
        ("BLK-KM", "Keemun 祁门红茶", 11.0, 3.9, 38, 4),
        ("BLK-LS", "Lapsang 正山小种", 10.5, 3.7, 45, 4),
        ("BLK-DH", "Golden Yunnan 滇红", 12.5, 4.6, 38, 4),
        ("BLK-EB", "House Breakfast 早餐茶", 6.5, 1.9, 28, 9),
        ("BLK-EG", "Earl Grey 伯爵茶", 7.0, 2.1, 30, 7),
    ),
    "Tea / White and dark": (
        ("WHT-BY", "Silver Needle 白毫银针", 24.0, 10.5, 60, 2),
        ("WHT-BM", "White Peony 白牡丹", 15.0, 5.9, 50, 3),
        ("DRK-SP", "Ripe Pu'er 熟普洱", 12.0, 4.5, 50, 3),
        ("DRK-RP", "Raw Pu'er 生普洱", 17.0, 7.0, 60, 2),
    ),
    "Herbal": (
        ("HRB-CH", "Chrysanthemum 菊花", 8.5, 2.7, 35, 3),
        ("HRB-OS", "Osmanthus 桂花", 11.5, 4.1, 45, 2),
        ("HRB-PM", "Peppermint 薄荷", 5.5, 1.5, 28, 4),
        ("HRB-RB", "Rooibos 路易波士", 5.8, 1.6, 28, 3),
    ),
}
# sku, name, price, cost, popularity, rate of return
TEAWARE = (
    ("WAR-GW", "Gaiwan 盖碗", 22.0, 8.5, 3, 0.08),
    ("WAR-YX", "Yixing Teapot 紫砂壶", 68.0, 31.0, 1, 0.11),
    ("WAR-GP", "Glass Teapot 玻璃壶", 28.0, 11.0, 3, 0.12),
    ("WAR-CP", "Pair of Cups 对杯", 16.0, 5.8, 4, 0.08),
    ("WAR-TR", "Bamboo Tray 竹茶盘", 42.0, 17.0, 1, 0.09),
    ("WAR-MW", "Matcha Whisk 茶筅", 14.0, 5.0, 2, 0.03),
    ("WAR-TC", "Tea Caddy 茶叶罐", 12.0, 4.2, 4, 0.03),
    ("WAR-KT", "Kettle, 1 l 烧水壶", 54.0, 25.0, 1, 0.11),
)
GIFTS = (
    ("GFT-FS", "Four Seasons Box 四季礼盒", 48.0, 19.0, 3, 0.02),
    ("GFT-NY", "New Year Box 新春礼盒", 58.0, 23.0, 2, 0.02),
    ("GFT-ST", "Starter Set 入门套装", 34.0, 14.0, 3, 0.03),
    ("GFT-AD", "Advent of Tea 二十四味", 45.0, 18.0, 2, 0.02),
)
# sku, name, price, cost, days it lasts, popularity
FOOD = (
    ("EAT-MC", "Mooncake 月饼", 4.8, 1.7, 20, 3),
    ("EAT-PC", "Pineapple Cake 凤梨酥", 3.2, 1.1, 14, 5),
    ("EAT-SB", "Sesame Brittle 芝麻糖", 4.5, 1.4, 18, 3),
    ("EAT-SC", "Matcha Shortbread 抹茶酥饼", 5.5, 1.9, 16, 4),
    ("EAT-HN", "Acacia Honey 槐花蜜", 8.0, 3.4, 60, 2),
)

GOODS = (
    *(
        Good(
            sku=sku,
            name=f"{name} · 100 g",
            category=category,
            price=price,
            cost=cost,
            cycle=cycle,
            popularity=liked,
            loose=True,
            returns=0.016,
        )
        for category, rows in LOOSE.items()
        for sku, name, price, cost, cycle, liked in rows
    ),
    *(
        Good(
            sku=sku,
            name=name,
            category=category,
            price=price,
            cost=cost,
            popularity=liked,
            returns=returns,
        )
        for category, rows in {"Teaware": TEAWARE, "Gifts": GIFTS}.items()
        for sku, name, price, cost, liked, returns in rows
    ),
    *(
        Good(
            sku=sku,
            name=name,
            category="To eat",
            price=price,
            cost=cost,
            cycle=cycle,
            popularity=liked,
            returns=0.008,
        )
        for sku, name, price, cost, cycle, liked in FOOD
    ),
)

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
