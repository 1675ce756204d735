"""Files that nobody means well by, or that broke on the way."""

import gzip
import io
import json
import struct
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq

from regulars.identify.intake.tests.made_files import parquet, workbook, zipped

HEADER = "order,date,sku,qty,price,customer id\n"
GOOD = "1,2026-03-01,A,1,5,7\n"
ROW = {"order": "1", "date": "2026-03-01", "sku": "A", "qty": "1", "price": "5"}
MEGABYTE = 1_048_576

ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def gz_bomb(megabytes: int) -> bytes:
    """Zeros in members of 16 MB each: a gigabyte in one megabyte."""
    return gzip.compress(b"0" * 16 * MEGABYTE, 9) * (megabytes // 16)


def with_part(book: bytes, name: str, content: str) -> bytes:
    """Replace one part of a workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for member in old.infolist():
            new.writestr(member.filename, content if member.filename == name else old.read(member))
        if name not in old.namelist():
            new.writestr(name, content)
    return out.getvalue()


def sheet(cells: str, *, before: str = "") -> bytes:
    text = f"{before}<worksheet {NAMESPACE}><sheetData>{cells}</sheetData></worksheet>"
    return with_part(workbook([ROW]), "xl/worksheets/sheet1.xml", text)


def corner_to_corner() -> bytes:
    """Two cells, the first and the last that a sheet can have: seventeen billion in between."""
    first, last = ('<row r="{r}"><c r="{c}{r}" t="inlineStr"><is><t>order</t></is></c></row>',) * 2
    return sheet(first.format(r=1, c="A") + last.format(r=1_048_576, c="XFD"))


def repeated_string(times: int) -> bytes:
    """One text of 30 KB that a million cells refer to."""
    strings = f"<sst {NAMESPACE}><si><t>{'x' * 30_000}</t></si></sst>"
    row = '<row><c t="s"><v>0</v></c></row>' * times
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    book = with_part(sheet(row), "xl/sharedStrings.xml", strings)
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        kinds = parts.read("[Content_Types].xml").decode()
        links = parts.read("xl/_rels/workbook.xml.rels").decode()
    if "sharedStrings" not in kinds:
        told = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
        book = with_part(book, "[Content_Types].xml", kinds.replace("</Types>", told))
    if "sharedStrings" not in links:
        link = (
            '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        )
        told = links.replace("</Relationships>", link)
        book = with_part(book, "xl/_rels/workbook.xml.rels", told)
    return book


def repeated_parquet(times: int) -> bytes:
    """One text of a megabyte, a thousand times, in a few kilobytes."""
    out = io.BytesIO()
    text = pa.DictionaryArray.from_arrays(pa.array([0] * times, pa.int32()), ["x" * MEGABYTE])
    rest = {"date": ["2026-03-01"] * times, "price": [5] * times}
    pq.write_table(pa.table({"order": text, **rest}), out, compression="zstd")
    return out.getvalue()


def damaged_parquet() -> bytes:
    whole = bytearray(parquet([ROW] * 500))
    whole[8:200] = bytes(192)
    return bytes(whole)


def deep(levels: int) -> str:
    return '{"a":' * levels + "1" + "}" * levels


def lying_zip() -> bytes:
    """A member that says it has ten bytes, and has sixteen million."""
    whole = bytearray(zipped(b"0" * 16 * MEGABYTE))
    place = whole.rfind(b"PK\x01\x02")
    struct.pack_into("<I", whole, place + 24, 10)
    return bytes(whole)


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is empty"),
    "blank": (b"\n , ,\n\r\n", "is empty"),
    "header only": (HEADER.encode(), "no rows below"),
    "binary": (bytes(range(256)) * 40, "binary"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "picture"),
    "old workbook": (b"\xd0\xcf\x11\xe0" + bytes(600), "97"),
    "archive of another kind": (b"7z\xbc\xaf\x27\x1c" + bytes(60), "cannot be opened here"),
    "cut-off gz": (gzip.compress(HEADER.encode() * 900)[:60], "cut off"),
    "cut-off zip": (zipped(HEADER.encode() * 900)[:80], "cut off"),
    "zip that lies": (lying_zip(), "cut off|larger than"),
    "zip of two": (with_part(zipped(b"a,b"), "more.csv", "c,d"), "holds 2 files"),
    "packed thrice": (gzip.compress(gzip.compress(gzip.compress(b"a,b"))), "too many times"),
    "gz bomb": (gz_bomb(1024), "larger than"),
    "zip bomb": (zipped(b"0" * 96 * MEGABYTE), "larger than"),
    "line without end": (b"x," * 17 * MEGABYTE, "a line longer"),
    "a million columns": (b"a," * 1_000_000 + b"\n" + b"1," * 1_000_000, "more than the 1000"),
    "a workbook from corner to corner": (corner_to_corner(), "more cells than|larger than"),
    "a string a million times": (repeated_string(100_000), "larger than|cannot be opened"),
    "entities in a workbook": (
        sheet('<row><c t="inlineStr"><is><t>&d;</t></is></c></row>', before=ENTITIES),
        "cannot be opened|empty|No column",
    ),
    "no workbook": (zipped(b"<workbook/>", name="xl/workbook.xml"), "cannot be opened"),
    "an array": (json.dumps([ROW]).encode(), "one JSON array"),
    "objects too deep": (deep(100_000).encode(), "No line"),
    "objects of a million keys": (
        json.dumps(dict.fromkeys(map(str, range(100_000)), 1)).encode(), "different keys"),
    "cut-off Parquet": (parquet([ROW])[:-20], "cut off"),
    "damaged Parquet": (damaged_parquet(), "cut off"),
    "a long text in Parquet": (repeated_parquet(2_000), "larger than"),
}  # fmt: skip
"""Files that are refused as a whole, and what the sentence about them holds."""

TAKEN_IN_PART: dict[str, tuple[bytes, dict[str, int]]] = {
    "ragged": (b"2,2026-03-01,A\n3,2026-03-01,A,1,5,7,8,9\n", {"ragged": 2}),
    "a row of a million": (b"2," + b"9," * 1_000_000 + b"\n", {"ragged": 1}),
    "a field of two megabytes": (b"2,2026-03-01,%b,1,5,7\n" % (b"x" * 2 * MEGABYTE),
                                 {"too_long": 1}),
    "a field of two megabytes in quotes": (
        b'2,2026-03-01,"%b\n",1,5,7\n' % (b"x" * 2 * MEGABYTE), {"too_long": 1, "quote": 1}),
    "a quote that is never closed": (b'2,2026-03-01,"A,1,5,7\n', {"quote": 1}),
    "bytes that are no characters": ("2,2026-03-01,Ü,1,5,7\n".encode() * 60
                                     + b"3,2026-03-01,\xff\xfe,1,5,7\n", {"encoding": 1}),
    "a NUL": (b"2,2026-03-01,A\0B,1,5,7\n", {"nul": 1}),
    "a price below zero": (b"2,2026-03-01,A,1,-5,7\n", {"negative_price": 1}),
    "the future": (b"2,2999-03-01,A,1,5,7\n", {"in_future": 1}),
    "the day before time": (b"2,0001-01-01,A,1,5,7\n", {"long_ago": 1}),
    "money beyond belief": (b"2,2026-03-01,A,1,99999999999999999,7\n", {"too_large": 1}),
    "a number of three hundred digits": (b"2,2026-03-01,A,1,1e300,7\n", {"too_large": 1}),
    "no number of money": (b"2,2026-03-01,A,1,inf,7\n", {"figure_unreadable": 1}),
    "a long customer": (b"2,2026-03-01,A,1,5,%b\n" % (b"7" * 5000), {"identifier_long": 1}),
    "another's number": (b"1,2026-03-01,A,1,5,8\n", {"number_of_another": 1}),
    "no number": (b",2026-03-01,A,1,5,7\n", {"number_missing": 1}),
    "a long number": (b"%b,2026-03-01,A,1,5,7\n" % (b"9" * 101), {"number_long": 1}),
}  # fmt: skip
"""Rows below one good order, and why they are refused; the good one comes in."""
