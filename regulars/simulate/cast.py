"""The cast: Alice, loyal; Bob, lapsed; Chloé, who wants no letters; 大卫, who reads Chinese; and
Eve, who buys at the bakery.
"""

from datetime import date

from regulars.simulate.stories import Kin, Story

ALICE = Story(
    name="Alice Moreau",
    gender="female",
    born_on=date(1984, 5, 17),
    city="Leeds",
    region="West Yorkshire",
    country="GB",
    postcode="LS1",
    address="12 Mill Road",
    branch="leeds",
    source="friend",
    interests=("oolong", "ceramics"),
    note="Brought by a friend. Likes to smell the tin before she decides.",
    identifiers=(
        ("member_number", "M-10427"),
        ("email", "alice@mail.test"),
        ("phone", "+447700900977"),
    ),
    household=(
        Kin(
            kind="pet",
            name="Mochi",
            species="cat",
            gender="female",
            born_on=date(2023, 12, 3),
            stage="adult",
        ),
    ),
    fields=(("how_they_brew", "pot 壶泡"), ("cups_a_day", "5")),
    visits="""
        608 leeds BLK-EB:1
        583 leeds GRN-SE:1.5 EAT-SC:2
        560 leeds GRN-SE:2 WAR-GP
        538 leeds OOL-TG:1.5 GRN-SE:2 EAT-PC:4
        514 leeds GRN-SE:2 BLK-KM:1.5
        491 leeds OOL-TG:2 EAT-SC:3 WAR-TC:2
        469 leeds GRN-SE:2.5 OOL-AL:1
        446 leeds OOL-TG:2 HRB-CH:1 EAT-PC:6
        421 leeds GFT-FS GRN-SE:2
        398 leeds OOL-AL:1.5 GRN-SE:2 @TEA-15
        375 leeds GRN-SE:2 EAT-HN:2 OOL-TG:1
        353 leeds GFT-AD GFT-FS OOL-TG:2
        329 leeds GRN-SE:3 OOL-DH:1
        306 leeds OOL-TG:2 EAT-SC:4 WAR-CP
        283 leeds GRN-SE:2 OOL-AL:2
        261 leeds OOL-TG:2 GRN-BL:1 @SPRING10
        237 leeds GRN-SE:3 EAT-PC:6
        214 leeds OOL-DH:1.5 GRN-SE:2 EAT-SC:2
        191 leeds OOL-TG:2 WHT-BM:1 GRN-SE:1
        168 leeds GRN-SE:2 OOL-AL:1.5 EAT-PC:8
        146 leeds OOL-TG:3 WAR-GW
        122 web GRN-SE:3 OOL-AL:2
        100 leeds OOL-TG:2 EAT-HN:1 GRN-SE:2
        77 leeds GRN-SE:2 OOL-DH:1
        54 leeds OOL-TG:2.5 EAT-SC:3 GRN-SE:1
        23 leeds GRN-SE:2.2 EAT-PC:16 <EAT-PC:16+5
    """,
)

BOB = Story(
    name="Bob Larsen",
    gender="male",
    city="London",
    region="Greater London",
    country="GB",
    branch="camden",
    identifiers=(("member_number", "M-10311"), ("email", "bob@mail.test")),
    visits="""
        304 camden BLK-EG:1 WAR-TC
        259 camden BLK-EG:1.2
        213 camden BLK-EG:1 EAT-SC:2
        166 camden BLK-EG:1
    """,
)

CHLOE = Story(
    name="Chloé Dubois",
    gender="female",
    born_on=date(1991, 9, 2),
    city="Edinburgh",
    region="Lothian",
    country="GB",
    postcode="EH1",
    branch="edinburgh",
    source="web",
    interests=("ceramics", "yoga"),
    note="Asked us not to write to her: no letters, no messages.",
    identifiers=(
        ("member_number", "M-10655"),
        ("email", "chloe@mail.test"),
        ("user_id", "chloe-d"),
    ),
    fields=(("avoids_caffeine", "yes"),),
    visits="""
        402 web HRB-CH:2 HRB-RB:1
        325 edinburgh HRB-CH:1.5 WAR-GP
        247 web HRB-OS:1 HRB-CH:2
        169 web HRB-CH:2 HRB-PM:1 EAT-HN:1
        84 web HRB-CH:2 HRB-OS:1.5
    """,
)

DAWEI = Story(
    name="大卫",
    gender="male",
    born_on=date(1978, 10, 1),
    language="zh-hans",
    city="London",
    region="Greater London",
    country="GB",
    postcode="W1F",
    address="12 Chapel Row",
    branch="soho",
    source="event",
    interests=("pu'er", "calligraphy"),
    note="金卡顾客。每月来挑一次普洱，喜欢听产地的故事。",
    identifiers=(
        ("member_number", "M-10008"),
        ("phone", "+8616999990008"),
        ("wechat_openid", "oSim-dawei"),
    ),
    household=(
        Kin(kind="adult", name="林燕", gender="female"),
        Kin(
            kind="child",
            name="朵朵",
            gender="female",
            born_on=date(2019, 6, 1),
            stage="school",
        ),
    ),
    fields=(("how_they_brew", "gongfu 工夫"), ("cups_a_day", "8")),
    visits="""
        898 soho DRK-SP:2 DRK-RP:1
        871 soho DRK-RP:2 WAR-GW
        842 soho DRK-SP:3
        811 soho OOL-DH:2 DRK-RP:2 WAR-YX
        784 soho DRK-SP:2 OOL-TG:2
        752 soho DRK-RP:3 EAT-MC:8
        724 soho DRK-SP:2 WHT-BY:1
        697 soho GFT-NY:3 OOL-DH:2
        668 soho DRK-RP:2 GRN-LJ:2
        640 soho DRK-SP:4
        611 soho OOL-DH:3 DRK-RP:2
        583 soho GRN-LJ:3 DRK-SP:1
        554 soho DRK-RP:3 WAR-TR
        526 soho DRK-SP:2 OOL-DF:1
        497 soho OOL-DH:2 DRK-RP:2
        469 soho DRK-SP:3 WAR-CP
        440 soho DRK-RP:2 EAT-MC:12 GFT-FS:2
        411 soho DRK-SP:2 OOL-DH:2 @TEA-15
        383 soho DRK-RP:4
        355 soho DRK-SP:2 WHT-BY:1.5
        326 soho GFT-NY:4 DRK-RP:2
        298 soho OOL-DH:3 DRK-SP:2
        269 soho GRN-LJ:3 DRK-RP:1
        241 soho DRK-SP:3 DRK-RP:2 @SPRING10
        212 soho OOL-DH:2 DRK-RP:2
        184 soho DRK-SP:4
        155 web DRK-RP:3 OOL-DF:1
        127 soho DRK-SP:2 OOL-DH:2
        98 soho DRK-RP:3 EAT-MC:10
        70 soho DRK-SP:2 WHT-BY:1
        44 soho OOL-DH:3 DRK-RP:2
        28 soho DRK-SP:3 DRK-RP:2
    """,
)

EVE = Story(
    name="Eve Martin",
    gender="female",
    born_on=date(1988, 3, 8),
    language="en",
    city="上海",
    country="CN",
    branch="wukang",
    interests=("咖啡", "摄影"),
    identifiers=(("member_number", "M-20001"), ("email", "eve@mail.test")),
    household=(
        Kin(
            kind="child",
            name="Léo",
            gender="male",
            born_on=date(2021, 4, 9),
            stage="preschool",
        ),
    ),
    visits="""
        97 wukang MB-KS:2 MB-TS
        86 wukang MB-TS MB-QM
        78 wukang BG-HD:0.5 MB-KS:4
        66 wukang MB-TS DG-MC
        57 mini DG-SR6 MB-TS
        47 wukang MB-QM MB-KS:2
        38 wukang MB-TS BG-QQ:0.6
        27 wukang MB-KS:4 DG-TL:2
        16 wukang MB-TS MB-QM
        6 wukang MB-TS BG-HD:0.4 MB-KS:2
    """,
)

CAST: dict[str, tuple[Story, ...]] = {
    "teahouse": (ALICE, BOB, CHLOE, DAWEI),
    "bakery": (EVE,),
}
