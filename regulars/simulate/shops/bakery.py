"""Bakery 面包坊: three shops and a mini-programme in Shanghai and Hangzhou."""

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

# sku, name, price and cost of 500 g, days 500 g last, popularity
WEIGHED = (
    ("BG-TS", "桃酥 Walnut biscuit", 26.0, 9.5, 12, 6),
    ("BG-QQ", "曲奇 Butter cookies", 42.0, 16.0, 14, 5),
    ("BG-MH", "麻花 Dough twists", 24.0, 8.0, 12, 4),
    ("BG-JD", "鸡蛋糕 Egg sponge", 30.0, 10.5, 8, 6),
    ("BG-HD", "蝴蝶酥 Palmiers", 48.0, 18.0, 14, 5),
    ("BG-XH", "雪花酥 Snowflake crisp", 52.0, 20.0, 16, 4),
)
# sku, name, price, cost, days it lasts, popularity
BREAD = (
    ("MB-TS", "生吐司 Milk loaf", 32.0, 11.0, 5, 8),
    ("MB-QM", "全麦欧包 Wholemeal loaf", 28.0, 9.0, 6, 5),
    ("MB-KS", "可颂 Croissant", 16.0, 5.5, 3, 6),
    ("MB-RS", "肉松面包 Pork floss bun", 14.0, 4.8, 3, 7),
    ("MB-DS", "豆沙包 Red bean bun", 10.0, 3.0, 3, 5),
    ("MB-BL", "菠萝包 Pineapple bun", 12.0, 3.8, 3, 5),
)
# sku, name, price, cost, popularity
CAKES = (
    ("DG-SR6", "生日蛋糕 6 寸 Birthday cake, 6 in", 168.0, 62.0, 3),
    ("DG-SR8", "生日蛋糕 8 寸 Birthday cake, 8 in", 238.0, 88.0, 2),
    ("DG-MC", "抹茶千层 Matcha mille crêpe", 48.0, 17.0, 4),
    ("DG-TL", "提拉米苏 Tiramisu", 42.0, 15.0, 4),
    ("DG-PF", "泡芙一盒 Box of puffs", 36.0, 12.0, 5),
)
GIFTS = (
    ("LH-YB", "月饼礼盒 Mooncake box", 198.0, 72.0, 3),
    ("LH-NH", "年货礼盒 New Year box", 188.0, 70.0, 2),
    ("LH-BS", "伴手礼 Souvenir box", 98.0, 36.0, 3),
)
GOODS = (
    *(
        Good(
            sku=sku,
            name=f"{name} · 500 g",
            category="称重点心",
            price=price,
            cost=cost,
            cycle=cycle,
            popularity=liked,
            loose=True,
            returns=0.008,
        )
        for sku, name, price, cost, cycle, liked in WEIGHED
    ),
    *(
        Good(
            sku=sku,
            name=name,
            category="面包",
            price=price,
            cost=cost,
            cycle=cycle,
            popularity=liked,
            returns=0.004,
        )
        for sku, name, price, cost, cycle, liked in BREAD
    ),
    *(
        Good(
            sku=sku,
            name=name,
            category=category,
            price=price,
            cost=cost,
            popularity=liked,
            returns=0.008,
        )
        for category, rows in {"蛋糕": CAKES, "礼盒": GIFTS}.items()
        for sku, name, price, cost, liked in rows
    ),
)

PLACES = (
    Place(
        code="wukang",
        name="武康路店",
        city="上海",
        region="上海",
        country="CN",
        postcode="200031",
        weight=4,
    ),
    Place(
        code="xintiandi",
        name="新天地店",
        city="上海",
        region="上海",
        country="CN",
        postcode="200021",
        weight=3,
    ),
    Place(
        code="hangzhou",
        name="杭州湖滨店",
        city="杭州",
        region="浙江",
        country="CN",
        postcode="310006",
        weight=2,
        opened=260,
    ),
    Place(
        code="mini",
        name="小程序",
        city="上海",
        region="上海",
        country="CN",
        postcode="200031",
        weight=2,
        online=True,
    ),
)

NEIGHBOURS = Segment(
    name="neighbours",
    share=0.5,
    process=Process(r=1.6, alpha=22.0, a=0.9, b=26.0, may_leave_at_once=True),
    spend=Spend(p=5.0, q=4.5, gamma=38.0),
    extras=1.3,
)
CELEBRANTS = Segment(
    name="celebrants",
    share=0.5,
    process=Process(r=1.0, alpha=110.0, a=1.0, b=3.0, may_leave_at_once=True),
    spend=Spend(p=4.0, q=3.6, gamma=95.0),
    extras=1.1,
    tastes={"蛋糕": 3.0, "礼盒": 2.0},
)

BAKERY = Shop(
    slug="bakery",
    name="Bakery 面包坊",
    timezone="Asia/Shanghai",
    currency="CNY",
    language="zh-hans",
    segments=(NEIGHBOURS, CELEBRANTS),
    goods=GOODS,
    places=PLACES,
    season=Season(
        months=(1.05, 0.95, 0.98, 1.0, 1.02, 1.0, 0.95, 0.95, 1.08, 1.02, 1.0, 1.05),
        store_days=(0.9, 0.9, 0.95, 0.95, 1.1, 1.3, 1.2),
        web_days=(0.95, 0.95, 1.0, 1.0, 1.15, 1.05, 0.95),
        store_hours=(0,) * 7
        + (1.4, 1.5, 1.0, 0.8, 0.9, 1.0, 0.8, 0.8, 1.0, 1.2, 1.6, 1.8, 1.5, 0.9)
        + (0,) * 3,
        web_hours=(0.2,)
        + (0.05,) * 5
        + (
            0.3,
            0.8,
            1.1,
            1.2,
            1.2,
            1.2,
            1.1,
            1.0,
            1.0,
            1.1,
            1.2,
            1.4,
            1.5,
            1.5,
            1.5,
            1.4,
            1.0,
            0.5,
        ),
        festivals=(
            Festival(name="中秋", dates=feasts.MID_AUTUMN, days=21, lift=2.8),
            Festival(name="春节", dates=feasts.SPRING_FESTIVAL, days=16, lift=2.2),
            Festival(name="七夕", dates=feasts.every(8, 20), days=4, lift=1.4),
        ),
    ),
    promotions=(
        Promotion(code="开学季", month=9, day=1, days=10, rate=0.1),
        Promotion(code="双十一", month=11, day=8, days=5, rate=0.15),
    ),
    chinese=0.95,
    online=0.3,
    either=0.25,
    growth=2.6,
    opening=3.0,
    never=0.04,
    tax=0.13,
    shipping=8.0,
    free_from=99.0,
    interests=("烘焙", "咖啡", "亲子", "露营", "摄影", "健身"),
    fields=(
        StaffField(
            key="sweetness",
            label="甜度 Sweetness",
            kind="choice",
            known=0.4,
            choices=("少糖", "半糖", "正常"),
        ),
        StaffField(key="nut_allergy", label="坚果过敏 Nut allergy", kind="yes_no", known=0.3),
    ),
)
