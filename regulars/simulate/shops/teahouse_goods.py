"""What the teahouse sells: tea by weight, teaware, gifts, things to eat."""

from regulars.simulate.shop import Good

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

MAKERS = {
    "Tea / Green": "West Lake Growers 西湖茶农",
    "Tea / Oolong": "Wuyi Gardens 武夷茶园",
    "Tea / Black": "Teahouse 茶舍",
    "Tea / White and dark": "Yunnan Old Trees 云南古树",
    "Herbal": "Teahouse 茶舍",
    "Teaware": "Jade Kiln 玉窑",
    "Gifts": "Teahouse 茶舍",
}
GOODS = (
    *(
        Good(
            sku=sku,
            name=f"{name} · 100 g",
            maker=MAKERS[category],
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
            maker=MAKERS[category],
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
            maker="Ming Bakes 明记",
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
