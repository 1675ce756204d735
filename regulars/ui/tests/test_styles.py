import re
from pathlib import Path

from regulars.ui import assets
from regulars.ui.assets import fingerprint, stylesheet

STYLES = Path(__file__).resolve().parents[1] / "static/ui"
PHYSICAL = re.compile(
    r"(?<![\w-])(?:margin|padding|border)-(?:left|right|top|bottom)\s*:|"
    r"(?<![\w-])(?:left|right|top|bottom|width|height|max-width|min-width|max-height|min-height)\s*:"
)
QUERY = re.compile(r"@media[^{]*")


def test_every_style_is_part_of_the_one_that_pages_load():
    joined = stylesheet()
    assert "@import" not in joined
    for path in sorted((STYLES / "css").glob("*.css")):
        assert path.read_text(encoding="utf-8") in joined, f"{path.name}: name it in ui.css."


def test_every_style_stands_in_a_layer():
    assert stylesheet().startswith("@layer reset, tokens, base, components, utilities;")
    for path in (STYLES / "css").glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL).strip()
        assert text.startswith("@layer "), path.name


def test_styles_know_no_left_and_no_right():
    for path in (STYLES / "css").glob("*.css"):
        found = PHYSICAL.search(QUERY.sub("", path.read_text(encoding="utf-8")))
        assert not found, f"{path.name}: {found and found[0]} Use logical properties."


def test_styles_load_nothing_from_elsewhere():
    assert "http" not in stylesheet()
    assert not re.search(r"url\((?!\"css/)", stylesheet())


def test_a_changed_file_changes_the_name_of_the_release(tmp_path: Path, monkeypatch):
    folder = tmp_path / "app" / "static"
    folder.mkdir(parents=True)
    (folder / "one.css").write_text("a {}")
    monkeypatch.setattr(assets, "PRODUCT", tmp_path)
    seen = []
    for text in ("a {}", "b {}", "a {}"):
        (folder / "one.css").write_text(text)
        fingerprint.cache_clear()
        seen.append(fingerprint())
    fingerprint.cache_clear()
    assert seen[0] == seen[2] != seen[1]
