"""What the catalogues say together: Django knows one translation of a text, the first it finds."""

import re
from collections import defaultdict
from itertools import pairwise

import polib

from tests.source import ROOT

PUT_IN = re.compile(r"%\(\w+\)[sd]|(?<!%)\{\w*\}")
CATALOGUES = sorted(ROOT.glob("regulars/**/locale/zh_Hans/LC_MESSAGES/django.po"))


def test_no_text_is_translated_in_two_ways():
    said: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for path in CATALOGUES:
        app = path.parents[3].name
        for entry in polib.pofile(str(path)):
            if entry.translated() and not entry.obsolete:
                words = entry.msgstr or entry.msgstr_plural[0]
                said[entry.msgctxt or "", entry.msgid + entry.msgid_plural][app] = words
    split = [f"{text!r}: {apps}" for text, apps in said.items() if len(set(apps.values())) > 1]
    assert CATALOGUES
    assert not split, "Say it in one way, or tell the meanings apart by a context:\n" + "\n".join(
        split
    )


def test_chinese_sentences_end_as_chinese_does():
    """A full stop, comma, question mark or colon between Chinese characters is full width."""
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            for words in (entry.msgstr, *entry.msgstr_plural.values()):
                pairs = pairwise(words)
                wrong = [a + b for a, b in pairs if "一" <= a <= "鿿" and b in ",;?!"]
                assert not wrong, f"{path.parents[3].name}: {words}"


def test_a_translation_puts_in_nothing_that_its_text_has_not():
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            given = set(PUT_IN.findall(entry.msgid + entry.msgid_plural))
            for words in (entry.msgstr, *entry.msgstr_plural.values()):
                assert set(PUT_IN.findall(words)) <= given, f"{path.parents[3].name}: {words}"
