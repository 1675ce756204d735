"""The colours of the style sheet against WCAG 2.2 AA: text 4.5 : 1, edges of controls 3 : 1."""

import math
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

STYLES = Path(__file__).resolve().parents[1] / "static/ui/css"
COLOUR = re.compile(r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)")
TOKEN = re.compile(r"--([\w-]+):\s*([^;]*oklch[^;]*);")

Colour = tuple[float, float, float]


def _tokens() -> dict[str, tuple[Colour, Colour]]:
    """Each token's colour in the light and in the dark."""
    found = {}
    for name, value in TOKEN.findall((STYLES / "tokens.css").read_text()):
        told = [(float(light) / 100, float(c), float(h)) for light, c, h in COLOUR.findall(value)]
        if told:
            found[name] = (told[0], told[-1])
    return found


TOKENS = _tokens()
THEMES = {"light": 0, "dark": 1}
GROUNDS = ("paper", "sheet", "well")
WASHES = ("indigo-wash", "good-wash", "warn-wash", "bad-wash")
ON_GROUNDS = ("ink", "ink-2", "ink-3", "indigo", "good", "warn", "bad")


def luminance(colour: Colour) -> float:
    """Relative luminance of an OKLCH colour (Björn Ottosson's matrices, then WCAG's weights)."""
    light, chroma, hue = colour
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.291485548 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short
    clipped = [min(1.0, max(0.0, part)) for part in (red, green, blue)]
    return 0.2126 * clipped[0] + 0.7152 * clipped[1] + 0.0722 * clipped[2]


def contrast(one: Colour, other: Colour) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_is_counted_as_wcag_counts_it():
    assert contrast((0, 0, 0), (1, 0, 0)) == pytest.approx(21, abs=0.01)
    assert contrast((0.62795, 0.25768, 29.23), (1, 0, 0)) == pytest.approx(4.0, abs=0.01)  # #f00


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", ON_GROUNDS)
def test_text_is_legible_on_every_ground(theme: str, ground: str, text: str):
    at = THEMES[theme]
    assert contrast(TOKENS[text][at], TOKENS[ground][at]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("wash", WASHES)
def test_text_is_legible_on_its_wash(theme: str, wash: str):
    at = THEMES[theme]
    for text in ("ink", "ink-2", wash.removesuffix("-wash")):
        assert contrast(TOKENS[text][at], TOKENS[wash][at]) >= 4.5, text


@pytest.mark.parametrize("theme", THEMES)
def test_what_stands_on_the_accent_is_legible(theme: str):
    at = THEMES[theme]
    assert contrast(TOKENS["on-indigo"][at], TOKENS["indigo"][at]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_edges_of_controls_and_the_focus_are_visible(theme: str, ground: str):
    at = THEMES[theme]
    for edge in ("edge", "indigo"):
        assert contrast(TOKENS[edge][at], TOKENS[ground][at]) >= 3, edge


def _on(step: int) -> str:
    """The token that heat.css puts on a step of the scale."""
    for token, steps in re.findall(
        r"\[data-heat\]:is\(([^)]*)\) \{ --on: var\(--([\w-]+)\)",
        (STYLES / "heat.css").read_text(),
    ):
        if f'"{step}"' in token:
            return str(steps)
    return "on-heat-low"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("step", range(21))
def test_figures_are_legible_on_every_step_of_the_scale(theme: str, step: int):
    at = THEMES[theme]
    low, high = TOKENS["heat-low"][at], TOKENS["heat-high"][at]
    red, green, blue = (a + (b - a) * step / 20 for a, b in zip(low, high, strict=True))
    assert contrast((red, green, blue), TOKENS[_on(step)][at]) >= 4.5


def test_the_scale_names_every_step_and_all_of_its_inks_are_used():
    scale = (STYLES / "heat.css").read_text()
    assert [int(step) for step in re.findall(r'"(\d+)"\] \{ --share', scale)] == [*range(1, 21)]
    assert {_on(step) for step in range(21)} == {"on-heat-low", "on-heat-mid", "on-heat-high"}


def test_colours_are_written_in_tokens_only():
    """A colour outside the tokens would not change with the theme."""
    raw = re.compile(r"#[0-9a-f]{3,8}\b|\brgb|\bhsl|oklch\((?!from)", re.IGNORECASE)
    shade = re.compile(r"oklch\(20% \.02 262 / \.\d+\)")  # what a dialog dims the page with
    for path in STYLES.glob("*.css"):
        if path.name != "tokens.css":
            assert not raw.search(shade.sub("", path.read_text())), path.name
