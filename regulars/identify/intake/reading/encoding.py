"""Find out how the characters of a text file are written."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.utils.translation import gettext_noop

from regulars.identify.intake.reading.limits import MEGABYTE, Limits, limits
from regulars.identify.intake.reading.refusal import FileRefused, NoSuchChoice

SAMPLE = 4 * MEGABYTE
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BYTE_ORDERS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_READABLE = re.compile(r"utf-?(8|16|32).*|gb.*|big5.*|cp\d+|iso8859.*|latin.*|mac.*|koi8.*|ascii"
                       r"|euc_.*|shift_jis.*|hz|johab|tis.*|ptcp.*|kz.*|hp-.*")  # fmt: skip
_ODD_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_KANA, _NOT_LATIN = re.compile("[ぁ-ヾ]"), re.compile(r"[^\x00-\x7f]")
_HANZI = re.compile(rb"[\x81-\xfe][\xa1-\xfe]")  # both bytes high: the common half of GBK


def encoding_of(path: Path, *, within: Limits) -> str:
    """Return the codec that reads the file: UTF-8, UTF-16, Shift JIS, GB18030 or Windows-1252.

    A few bytes that do not fit are no reason for another codec: their rows are refused. Raises
    FileRefused for what is no text, and for a line without an end.
    """
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    codec = next((codec for mark, codec in _MARKS if sample.startswith(mark)), None)
    codec = codec or _wide(sample)
    _refuse_endless_lines(path, within=within)
    if codec is None:
        _refuse_binary(sample)
        codec = _narrow(path, sample)
    return codec


def text_of(content: bytes) -> str:
    """Return the text of a small file as an import would read it. Raises FileRefused."""
    with NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        codec = encoding_of(Path(file.name), within=limits())
    return content.decode(codec, errors="replace")


def known_encoding(name: str, path: Path) -> str:
    """Return the codec a person named. Raises NoSuchChoice when there is none of that name."""
    try:
        codec = _text_codec(name)
    except (LookupError, UnicodeError, ValueError) as error:
        raise NoSuchChoice(
            gettext_noop(
                "There is no encoding called %(name)s: utf-8, gb18030 or windows-1252, for example."
            ),
            name=name,
        ) from error
    with path.open("rb") as file:
        head = file.read(4)
    unmarked = codec in ("utf-16", "utf-32") and not head.startswith(_BYTE_ORDERS)
    return f"{codec}-le" if unmarked else codec


def _text_codec(name: str) -> str:
    """Return the codec's own name; there are codecs that make no text, and some that fetch it."""
    found = codecs.lookup(name).name
    if not _READABLE.fullmatch(found):
        raise LookupError(name)
    b"a,b".decode(found, "ignore")
    return found


def escape(error: UnicodeError) -> tuple[str, int]:
    """Keep bytes that are no characters as lone surrogates, in codecs of any width."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(chr(0xDC80 | byte) for byte in wrong), error.end


ESCAPED = "regulars-escape"
codecs.register_error(ESCAPED, escape)


def _wide(sample: bytes) -> str | None:
    """Tell UTF-16 without a mark by where its zeros are."""
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    low, high = sample[1::2].count(0) / pairs, sample[0::2].count(0) / pairs
    if max(low, high) < 0.3 or min(low, high) > 0.05:
        return None
    return "utf-16-le" if low > high else "utf-16-be"


def _refuse_binary(sample: bytes) -> None:
    odd = len(_ODD_CONTROLS.findall(sample)) + sample.count(0)
    if odd > len(sample) * 0.02 + 8:
        raise FileRefused(
            gettext_noop("This is not a table: it holds binary data. Export CSV or XLSX.")
        )


def _narrow(path: Path, sample: bytes) -> str:
    if _is_valid(path, "utf-8"):
        return "utf-8"
    high = b"".join(_HIGH.findall(sample))
    if not high or _mostly_utf8(sample):
        return "utf-8"
    if _has_kana(sample) and _is_valid(path, "cp932"):
        return "cp932"
    pairs = sum(2 * len(_HANZI.findall(run)) for run in _HIGH.findall(sample))
    if pairs > len(high) * 0.6 and _mostly_readable(sample, "gb18030"):
        return "gb18030"
    return "cp1252"


def _mostly_utf8(sample: bytes) -> bool:
    text = sample.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    right = sum(1 for character in text if character > "\x7f") - wrong
    return right > 20 * wrong


def _has_kana(sample: bytes) -> bool:
    """Tell Shift JIS by the letters of Japanese, which other codecs hardly ever make of bytes."""
    text = sample.decode("cp932", errors="ignore")
    return len(_KANA.findall(text)) * 10 > len(_NOT_LATIN.findall(text)) > 0


def _mostly_readable(sample: bytes, codec: str) -> bool:
    text = sample.decode(codec, errors="replace")
    return text.count("\ufffd") <= len(text) * 0.001


def _is_valid(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_endless_lines(path: Path, *, within: Limits) -> None:
    length = 0
    for block in _blocks(path):
        end = max(block.rfind(b"\n"), block.rfind(b"\r"))
        length = length + len(block) if end < 0 else len(block) - end
        if length > within.line:
            raise FileRefused(
                gettext_noop("This is not a table: it has a line longer than %(most)s MB."),
                most=within.line // MEGABYTE,
            )


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(MEGABYTE):
            yield block
