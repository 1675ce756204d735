"""Recognize an export by its headers."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop

from regulars.identify.intake.mapping.preset import Preset
from regulars.identify.intake.mapping.presets import PRESETS
from regulars.identify.intake.reading.refusal import NoSuchChoice


def preset_for(kind: str, headers: Sequence[str], called: str = "") -> Preset | None:
    """Return the preset of that name, or the one that fits the headers. Raises NoSuchChoice."""
    mine = {key: preset for key, preset in PRESETS.items() if preset.kind == kind}
    if called and called not in mine:
        raise NoSuchChoice(
            gettext_noop("There is no preset called %(preset)s. There are: %(presets)s."),
            preset=called,
            presets=", ".join(mine) or "—",
        )
    fitting = (preset for preset in mine.values() if preset.fits(headers))
    return mine.get(called) or next(fitting, None)
