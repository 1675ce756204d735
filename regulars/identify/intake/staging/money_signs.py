"""Signs and codes that stand beside an amount: which currency they mean, and which not."""

import re
from collections.abc import Iterable

SIGNS = {
    "$": "USD AUD CAD NZD HKD SGD TWD MXN ARS CLP COP UYU BBD BMD BND BSD BZD FJD GYD JMD KYD "
    "LRD NAD SBD SRD TTD XCD DOP CUP CVE NIO",
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "CA$": "CAD", "C$": "CAD NIO", "HK$": "HKD",
    "NT$": "TWD", "NTD": "TWD", "NZ$": "NZD", "S$": "SGD", "R$": "BRL",
    "€": "EUR", "£": "GBP EGP FKP GIP LBP SDG SHP SSP SYP", "¥": "CNY JPY", "CN¥": "CNY",
    "RMB": "CNY", "CNH": "CNY", "元": "CNY HKD JPY MOP SGD TWD", "圆": "CNY", "圓": "HKD MOP TWD",
    "円": "JPY", "₹": "INR", "Rs": "INR LKR MUR NPR PKR SCR", "₩": "KRW KPW", "₫": "VND",
    "₽": "RUB BYN", "₺": "TRY", "฿": "THB", "kr": "DKK FOK ISK NOK SEK", "Fr": "CHF", "RM": "MYR",
    "Rp": "IDR", "R": "ZAR", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "lei": "MDL RON",
}  # fmt: skip
"""What stands beside amounts, and the currencies that are written so."""

_CODES = (
    "AED AFN ALL AMD AOA ARS AUD AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD "
    "CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP "
    "GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW "
    "KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN "
    "NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG "
    "SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU "
    "UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW"
)
MEANINGS = {code: (code,) for code in _CODES.split()} | {
    sign: tuple(currencies.split()) for sign, currencies in SIGNS.items()
}
_BESIDE = re.compile(r"[^\W\d_]*[$€£¥₹₩₫₽₺฿]|[^\W\d_]+")


def foreign_money(text: str, *, currency: str) -> str:
    """Return SQL for what stands beside an amount and means other money only, NULL if nothing."""
    foreign = [sign for sign, means in MEANINGS.items() if currency not in means]
    signs = "|".join(map(re.escape, foreign))
    alone = rf"(?:^|[^\pL\p{{Sc}}])({signs})(?:$|[^\pL\p{{Sc}}])"
    return (
        rf"CASE WHEN regexp_matches({text}, '[\pL\p{{Sc}}]')"
        rf" THEN nullif(regexp_extract(replace({text}, '￥', '¥'), '{alone}', 1), '') END"
    )


def money_beside(texts: Iterable[str]) -> str:
    """Return the currency that all signs beside these amounts mean, empty when none is certain."""
    beside = [sign for text in texts for sign in _BESIDE.findall(text.replace("￥", "¥"))]
    meant = [set(MEANINGS[sign]) for sign in beside if sign in MEANINGS]
    common = set.intersection(*meant) if meant else set()
    return common.pop() if len(common) == 1 else ""


def money_told(sign: str) -> str:
    """Return a sign with the currency it means, where that is certain."""
    means = MEANINGS.get(sign, ())
    return sign if sign in means or len(means) != 1 else f"{sign} ({means[0]})"
