"""Presets by their key, those with the most telling signature first."""

from regulars.identify.intake.mapping.presets.lines import LINES

PRESETS = {preset.key: preset for preset in (LINES,)}
