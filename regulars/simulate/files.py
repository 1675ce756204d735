"""Write a history to files, run by run, so that its size does not matter to memory."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from regulars.lake.public import ROW_GROUP, encoding
from regulars.simulate.history import History, Run
from regulars.simulate.household import household_table
from regulars.simulate.identity import identity_table
from regulars.simulate.item_file import item_rows
from regulars.simulate.lake_shape import LakeShape, lake_customers, lake_household, lake_products
from regulars.simulate.staff_fields import field_columns
from regulars.simulate.tables import product_table, sales_table
from regulars.simulate.truth import truth_table

VERSION = 2  # raise it when the same seed gives another history
Progress = Callable[[int, int | None, str], None]


@dataclass(slots=True)
class Written:
    """What was written: rows by table, as a running count."""

    folder: Path
    rows: dict[str, int] = field(default_factory=dict)

    def count(self, name: str, rows: int) -> None:
        self.rows[name] = self.rows.get(name, 0) + rows


def write_files(
    history: History, folder: Path, *, csv: bool = False, lake: bool = False, progress: Progress
) -> Written:
    """Write customers, household, products, sales and the truth as Parquet into ``folder``.

    ``csv`` adds ``items.csv``, one line per item; ``lake`` a folder ``lake`` with a file in the
    shape of each of the lake's tables. ``progress`` hears how many orders of how many are done.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = Written(folder)
    _write_people(history, written, lake=lake)
    with ExitStack() as stack:
        sales = stack.enter_context(_parquet(folder / "sales.parquet"))
        items = stack.enter_context(_csv(folder / "items.csv")) if csv else None
        shape = stack.enter_context(_shaped(history, folder / "lake")) if lake else None
        done = 0
        for run in history.runs():
            table = sales_table(history, run)
            sales(table)
            written.count("sales", len(table))
            if items:
                items(item_rows(history, table))
            if shape:
                shape(run, written)
            done += len(run.orders)
            written.count("orders", len(run.orders))
            progress(done, len(history.purchases), "")
    _write_manifest(history, written)
    return written


def _write_people(history: History, written: Written, *, lake: bool) -> None:
    identity, household = identity_table(history), household_table(history)
    fields = {f"fields.{key}": values for key, values in field_columns(history).items()}
    tables = {
        "customers": pa.table({**_columns(identity), **fields}),
        "household": household,
        "products": product_table(history),
        "truth": truth_table(history),
    }
    for name, table in tables.items():
        pq.write_table(table, written.folder / f"{name}.parquet", compression="zstd")
        written.count(name, len(table))
    if lake:
        (written.folder / "lake").mkdir(exist_ok=True)
        shaped = {
            "customers": lake_customers(history, identity),
            "household": lake_household(household),
            "products": lake_products(history),
        }
        for name, table in shaped.items():
            with _parquet(written.folder / "lake" / f"{name}.parquet", lake=True) as write:
                write(table)


def _columns(table: pa.Table) -> dict[str, pa.ChunkedArray]:
    return {name: table[name] for name in table.column_names}


@contextmanager
def _parquet(path: Path, *, lake: bool = False) -> Iterator[Callable[[pa.Table], None]]:
    """Write a file; for the ``lake`` as it does, so that what is measured holds for it, too."""
    with ExitStack() as stack:
        writer: pq.ParquetWriter | None = None

        def write(table: pa.Table) -> None:
            nonlocal writer
            if writer is None:
                options = encoding(table.schema) if lake else {"compression": "zstd"}
                writer = stack.enter_context(pq.ParquetWriter(path, table.schema, **options))
            writer.write_table(table, row_group_size=ROW_GROUP if lake else None)

        yield write


@contextmanager
def _csv(path: Path) -> Iterator[Callable[[pa.Table], None]]:
    with ExitStack() as stack:
        writer: pacsv.CSVWriter | None = None

        def write(table: pa.Table) -> None:
            nonlocal writer
            if writer is None:
                options = pacsv.WriteOptions(quoting_style="needed")
                writer = stack.enter_context(
                    pacsv.CSVWriter(str(path), table.schema, write_options=options)
                )
            writer.write_table(table)

        yield write


@contextmanager
def _shaped(history: History, folder: Path) -> Iterator[Callable[..., None]]:
    shape = LakeShape(history)
    with ExitStack() as stack:
        writers: dict[str, Callable[[pa.Table], None]] = {}

        def write(run: Run, written: Written) -> None:
            for name, table in shape.tables(run).items():
                if name not in writers:
                    file = _parquet(folder / f"{name}.parquet", lake=True)
                    writers[name] = stack.enter_context(file)
                writers[name](table)
                written.count(f"lake/{name}", len(table))

        yield write


def _write_manifest(history: History, written: Written) -> None:
    facts = {
        "version": VERSION,
        "shop": history.shop.slug,
        "customers": len(history.people),
        "until": history.until.isoformat(),
        "rows": written.rows,
    }
    text = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True)
    (written.folder / "history.json").write_text(text + "\n", "utf-8")
