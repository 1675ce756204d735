"""Presets by their key, those with the most telling signature first."""

from regulars.identify.intake.mapping.presets.lines import LINES
from regulars.identify.intake.mapping.presets.regulars import REGULARS
from regulars.identify.intake.mapping.presets.shopify import SHOPIFY
from regulars.identify.intake.mapping.presets.square import SQUARE
from regulars.identify.intake.mapping.presets.taobao import TAOBAO
from regulars.identify.intake.mapping.presets.woocommerce import WOOCOMMERCE
from regulars.identify.intake.mapping.presets.youzan import YOUZAN

_ALL = (LINES, SHOPIFY, WOOCOMMERCE, SQUARE, TAOBAO, YOUZAN, REGULARS)
PRESETS = {preset.key: preset for preset in _ALL}
