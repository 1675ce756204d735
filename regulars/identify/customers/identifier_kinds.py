"""The kinds of identifier: how many a person may have, which counts for more, what is no one's."""

import re
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierKind:
    """``strong``: two different values are two different people, whatever else they share.

    ``priority``: of two customers named by one touch, the higher one's owner is meant.
    """

    key: str
    label: Promise
    priority: int
    limit: int = 5
    strong: bool = False


class UnknownKind(KeyError):
    """There is no such kind of identifier."""


KINDS = {
    kind.key: kind
    for kind in (
        IdentifierKind(key="user_id", label=_("user ID"), priority=90, limit=1, strong=True),
        IdentifierKind(key="member_number", label=_("member number"), priority=80, strong=True),
        IdentifierKind(key="wechat_unionid", label=_("WeChat union ID"), priority=70, strong=True),
        IdentifierKind(key="shop_id", label=_("shop customer ID"), priority=60),
        IdentifierKind(key="wechat_openid", label=_("WeChat open ID"), priority=50),
        IdentifierKind(key="phone", label=_("phone"), priority=40),
        IdentifierKind(key="email", label=_("e-mail"), priority=30),
        IdentifierKind(key="anonymous_id", label=_("anonymous ID"), priority=10),
    )
}

# What tills, shops and scripts write when they know nobody. RE2 syntax: it also runs in DuckDB.
_NOBODY = (
    r"\(?(?:null|nil|none|nan|n/?a|n\.a\.|unknown|undefined|undef|empty|blank|missing|not[ _-]?set"
    r"|not[ _-]?authenticated|no[ _-]?(?:id|name|body|user|email|phone|member|customer)|anonymous"
    r"|anon|guest|visitor|walk[ _-]?in|cash(?: customer)?|customer|user|member|distinct[ _-]?id"
    r"|user[ _-]?id|anonymous[ _-]?id|id|e-?mail|phone|test(?:[ _-]?user)?|default|dummy|example"
    r"|foo|bar|xxx*|true|false|\[object object\]"
    r"|匿名|匿名用户|游客|访客|散客|无|没有|空|未知|测试)\)?"
    r"|[-+]?0+(?:\.0+)?|-1|[-_.?*# /]+"
)
_SAME_DIGIT = "|".join(f"{digit}{{6,}}" for digit in range(1, 10)) + "|12345678?9?0?"
_BLOCKED = {
    "email": r"(?:test|tests|testing|no-?reply|do-?not-?reply|none|null|na|n\.a|nomail|no-?e?mail"
    r"|no|guest|anonymous|unknown|undefined|nobody|noone|customer|dummy|fake|asdf|xx+|aa+|a)@.*",
    "phone": rf"\+[1-9]\d{{0,2}}(?:0{{5,}}|{_SAME_DIGIT})",
}


def identifier_kind(key: str) -> IdentifierKind:
    """Return the kind by its key. Raises UnknownKind."""
    try:
        return KINDS[key]
    except KeyError:
        raise UnknownKind(key) from None


def blocked_pattern(key: str) -> str:
    """Return the regular expression that lower-cased normal forms identifying nobody match whole.

    Without look-around and back-references, so that ``regexp_full_match`` of DuckDB takes it.
    """
    kind = identifier_kind(key)
    own = _BLOCKED.get(kind.key)
    return f"{_NOBODY}|{own}" if own else _NOBODY


def is_blocked(key: str, normal_form: str) -> bool:
    """Say whether the value identifies nobody at any brand; a brand's own list comes on top."""
    return bool(_compiled(key).fullmatch(normal_form.lower()))


@cache
def _compiled(key: str) -> re.Pattern[str]:
    return re.compile(blocked_pattern(key))
