"""Tell goods from postage, fees and manual entries, by the brand's own rules."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from regulars.identify.commerce.models import GoodsRule, Product
from regulars.lake.public import next_revision
from regulars.organization.public import AuditAction, Brand, User, audit

# What shops commonly sell besides goods; each is the whole SKU or the whole name.
COMMON_PATTERNS = (
    "post", "postage*", "*postage", "shipping*", "delivery", "delivery charge*", "carriage",
    "freight*", "manual", "discount", "samples", "adjust*", "bank charges", "amazon*fee*",
    "* commission", "gift card*", "*gift voucher*", "tip", "tips", "deposit", "surcharge*",
    "service charge*", "rounding", "*运费", "邮费*", "快递费*", "服务费", "手续费", "补差价*",
    "差价*", "定金", "押金", "礼品卡*",
)  # fmt: skip
LONGEST = 120


class NotAPattern(ValueError):
    """A pattern is empty, too long, or would leave nothing that is goods."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """Which products a pattern hits: how many, how many of them count as goods now, and some."""

    products: int
    goods: int
    sample: tuple[Product, ...]


def add_goods_rule(*, brand: Brand, pattern: str, by: User | None, now: datetime) -> GoodsRule:
    """Add a pattern (``*`` any text, ``?`` one character) of what is not goods, and apply it.

    Adding one that is there changes nothing. Raises NotAPattern.
    """
    clean = _clean(pattern)
    with transaction.atomic():
        rule, made = GoodsRule.objects.get_or_create(brand=brand, pattern=clean)
        if made:
            apply_goods_rules(brand=brand)
            audit(by, AuditAction.CREATE, now=now, brand=brand, subject_kind="goods_rule",
                  subject=clean)  # fmt: skip
    return rule


def remove_goods_rule(*, rule: GoodsRule, by: User | None, now: datetime) -> None:
    """Remove a rule: what only it hit is goods again."""
    with transaction.atomic():
        rule.delete()
        apply_goods_rules(brand=rule.brand)
        audit(by, AuditAction.REMOVE, now=now, brand=rule.brand, subject_kind="goods_rule",
              subject=rule.pattern)  # fmt: skip


def adopt_common_rules(*, brand: Brand) -> None:
    """Give a brand without any rule the patterns most shops need, and apply them."""
    with transaction.atomic():
        if not GoodsRule.objects.filter(brand=brand).exists():
            rules = [GoodsRule(brand=brand, pattern=pattern) for pattern in COMMON_PATTERNS]
            GoodsRule.objects.bulk_create(rules, ignore_conflicts=True)
            apply_goods_rules(brand=brand)


def apply_goods_rules(*, brand: Brand, revision: int | None = None) -> int:
    """Mark all products of the brand by its rules, in two statements; return how many changed.

    Writes ``revision`` or the next one to those that changed. Call it after products were written.
    """
    hit = _hit(GoodsRule.objects.filter(brand=brand).values_list("pattern", flat=True))
    products = Product.objects.filter(brand=brand)
    with transaction.atomic():
        number = revision or next_revision()
        marked = products.filter(hit, goods=True).update(goods=False, revision=number)
        cleared = products.filter(~hit, goods=False).update(goods=True, revision=number)
    return marked + cleared


def preview_goods_rule(*, brand: Brand, pattern: str, limit: int = 20) -> Hits:
    """Show which products a pattern would hit, before anything is changed. Raises NotAPattern."""
    products = Product.objects.filter(_hit([_clean(pattern)]), brand=brand)
    return Hits(
        products=products.count(),
        goods=products.filter(goods=True).count(),
        sample=tuple(products.order_by("-goods", "sku")[:limit]),
    )


def rules_with_hits(*, brand: Brand) -> list[tuple[GoodsRule, int]]:
    """Return the brand's rules, each with the number of products it hits, the busiest first."""
    rules = list(GoodsRule.objects.filter(brand=brand).order_by("pattern"))
    counted = {f"hits_{rule.pk}": Count("pk", filter=_hit([rule.pattern])) for rule in rules}
    counts = Product.objects.filter(brand=brand).aggregate(**counted) if counted else {}
    found = [(rule, counts[f"hits_{rule.pk}"]) for rule in rules]
    return sorted(found, key=lambda one: -one[1])


def is_goods(*, brand: Brand, sku: str, name: str) -> bool:
    """Say whether a product of this SKU and name counts as goods by the brand's rules."""
    patterns = list(GoodsRule.objects.filter(brand=brand).values_list("pattern", flat=True))
    whole = re.compile(_expression(patterns), re.IGNORECASE)
    return not (patterns and (whole.search(sku) or whole.search(name)))


def _clean(pattern: str) -> str:
    clean = " ".join(pattern.split())
    if not clean.strip("*? ") or len(clean) > LONGEST:
        raise NotAPattern(pattern)
    return clean.lower()


def _hit(patterns: Iterable[str]) -> Q:
    if not (kept := list(patterns)):
        return Q(pk__in=[])
    return Q(sku__iregex=_expression(kept)) | Q(name__iregex=_expression(kept))


def _expression(patterns: Iterable[str]) -> str:
    """Write patterns as one regular expression that both databases and Python understand."""
    wild = {"*": ".*", "?": "."}
    written = ("".join(wild.get(c) or re.escape(c) for c in pattern) for pattern in patterns)
    return f"^({'|'.join(written)})$"
