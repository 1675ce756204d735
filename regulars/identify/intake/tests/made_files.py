"""Files of every kind, made of the same rows."""

import csv
import gzip
import io
import json
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

Rows = list[dict[str, str]]


def delimited(rows: Rows, *, mark: str = ",", ends: str = "\n") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=mark, lineterminator=ends)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def workbook(rows: Rows, *, sheet: str = "Sheet", above: int = 0) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for _ in range(above):
        page.append(["Report of the shop"])
    page.append(list(rows[0]))
    for row in rows:
        page.append(list(row.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def objects(rows: Rows) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def parquet(rows: Rows) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


def zipped(content: bytes, *, name: str = "file.csv") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def table_files(rows: Rows) -> dict[str, bytes]:
    """The same rows in every form of file that keeps all characters."""
    text = delimited(rows)
    return {
        "UTF-8": text.encode(),
        "UTF-8 with a mark": text.encode("utf-8-sig"),
        "UTF-16": text.encode("utf-16"),
        "UTF-16 without a mark": text.encode("utf-16-le"),
        "UTF-16 the other way round": text.encode("utf-16-be"),
        "UTF-32": text.encode("utf-32"),
        "semicolons": delimited(rows, mark=";").encode(),
        "tabs": delimited(rows, mark="\t").encode(),
        "pipes": delimited(rows, mark="|").encode(),
        "announced semicolons": b"sep=;\n" + delimited(rows, mark=";").encode(),
        "returns and line feeds": delimited(rows, ends="\r\n").encode(),
        "returns alone": delimited(rows, ends="\r").encode(),
        "gz": gzip.compress(text.encode()),
        "zip": zipped(text.encode()),
        "zip in gz": gzip.compress(zipped(text.encode())),
        "XLSX": workbook(rows),
        "XLSX with a title": workbook(rows, above=2),
        "JSON Lines": objects(rows),
        "Parquet": parquet(rows),
    }
