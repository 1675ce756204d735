"""Write small files together and voids away, while others read and write.

Files never change, so that rewriting them needs no lock: only the commit does, and it is given up
when one of them is there no more. Voids written meanwhile name rows, not files, and stay valid.
"""

from collections.abc import Iterator, Sequence

from deltalake.transaction import AddAction

from regulars.lake.engine import engine
from regulars.lake.exclusion import COMPACTION, only_writer
from regulars.lake.following import open_table, show_newest
from regulars.lake.mirrors import mirrors
from regulars.lake.parquet import ROWS_A_FILE
from regulars.lake.scanning import scan, valid_rows
from regulars.lake.snapshots import current
from regulars.lake.tables import File, LakeTable
from regulars.lake.workbench import Workbench

STEP = 16  # so many files of one size class are written together
SMALLEST = 1_024  # rows; files up to here are of the lowest class
VOIDS_BORNE = 0.05  # of the data
FEW_VOIDS = 10_000
BATCH = 65_536


def compact(*, thoroughly: bool = False) -> dict[str, int]:
    """Rewrite what slows readers down, and return how many files were replaced, by table.

    ``thoroughly``: drop every void and join all small files, however few; and wait for another
    process that is at it, where otherwise nothing is done. Raises NeverMirrored.
    """
    generation = current().generation
    replaced: dict[str, int] = {}
    with only_writer(of=COMPACTION, wait=thoroughly) as alone, engine() as connection:
        for name, mirror in mirrors().items() if alone else ():
            table = open_table(generation, mirror)
            if gone := _compacted(connection, table, thoroughly=thoroughly):
                replaced[name] = gone
    if replaced:
        show_newest(generation)
    return replaced


def _compacted(connection: Workbench, table: LakeTable, *, thoroughly: bool) -> int:
    voids = table.voids if thoroughly or _too_many(table) else []
    small = _joinable(table.data) if thoroughly else _crowded(table.data)
    holed = _holed(connection, table, voids)
    data = [file for file in table.data if file in small or file in holed]
    removed = [*data, *voids]
    if not removed:
        return 0
    added = [new for group in _groups(data) for new in _rewritten(connection, table, group)]
    return len(removed) if _exchange(table, removed, added) else 0


def _exchange(table: LakeTable, removed: Sequence[File], added: Sequence[AddAction]) -> bool:
    with only_writer():
        table.refresh()
        if not set(removed) <= set(table.files):
            return False
        table.commit(added, removed=removed)
        return True


def _rewritten(
    connection: Workbench, table: LakeTable, files: Sequence[File]
) -> Iterator[AddAction]:
    """Write the rows that hold anew, sorted by key, so that files can be told apart by it."""
    rows = valid_rows(connection, table, files=files)
    reader = connection.execute(f"{rows} ORDER BY {table.mirror.key}").to_arrow_reader(BATCH)
    yield from table.write_data(batch.cast(table.mirror.schema) for batch in reader)


def _too_many(table: LakeTable) -> bool:
    voids = sum(file.rows for file in table.voids)
    data = sum(file.rows for file in table.data)
    return voids > max(FEW_VOIDS, VOIDS_BORNE * data) or len(table.voids) >= STEP


def _crowded(files: Sequence[File]) -> list[File]:
    """Return the files of the size classes of which there are too many, and all smaller ones."""
    classes: dict[int, int] = {}
    for file in files:
        classes[_size_class(file)] = classes.get(_size_class(file), 0) + 1
    full = [size for size, count in classes.items() if count >= STEP]
    return [file for file in files if full and _size_class(file) <= max(full)]


def _size_class(file: File) -> int:
    size, limit = 0, SMALLEST
    while file.rows > limit:
        size, limit = size + 1, limit * STEP
    return size


def _joinable(files: Sequence[File]) -> list[File]:
    small = [file for file in files if file.rows < ROWS_A_FILE // 2]
    return small if len(small) > 1 else []


def _holed(connection: Workbench, table: LakeTable, voids: Sequence[File]) -> list[File]:
    """Return the data files in which one of the voids voids a row."""
    if not voids:
        return []
    mirror = table.mirror
    void = scan(connection, table.uri, [file.path for file in voids], mirror.identity_schema)
    same = " AND ".join(f"data.{name} = void.{name}" for name in mirror.identity)
    found = []
    for file in table.data:
        data = scan(connection, table.uri, [file.path], mirror.schema)
        question = f"SELECT 1 FROM {data} AS data SEMI JOIN {void} AS void ON {same} LIMIT 1"
        if connection.execute(question).fetchone():
            found.append(file)
    return found


def _groups(files: Sequence[File]) -> Iterator[list[File]]:
    """Put neighbours together, up to the rows of one file."""
    group: list[File] = []
    for file in sorted(files, key=lambda file: file.keys):
        if group and sum(one.rows for one in group) + file.rows > ROWS_A_FILE:
            yield group
            group = []
        group.append(file)
    if group:
        yield group
