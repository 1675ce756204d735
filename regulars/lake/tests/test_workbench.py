import os

import duckdb
import pytest

from regulars.lake.public import workbench


@pytest.fixture(autouse=True)
def _data_folder(settings, tmp_path):
    settings.REGULARS_DATA = tmp_path


def test_a_workbench_fetches_nothing_and_stays_within_its_limits():
    with workbench() as bench:
        with pytest.raises(duckdb.Error):
            bench.execute("LOAD httpfs")
        with pytest.raises(duckdb.Error):
            bench.execute("SET memory_limit = '900GB'")
        assert bench.sql("SELECT current_setting('TimeZone')").fetchone() == ("UTC",)


def test_what_does_not_fit_spills_and_leaves_nothing_behind(settings, tmp_path):
    settings.REGULARS_MEMORY_MB = 256
    with workbench() as bench:
        bench.execute("CREATE TABLE t AS SELECT uuid() || uuid() AS u FROM range(6000000)")
        assert bench.sql("SELECT count(*) FROM t").fetchone() == (6_000_000,)
        assert list((tmp_path / "spill").glob("duckdb-*/*"))
    assert not list((tmp_path / "spill").iterdir())


def test_what_a_killed_process_left_is_swept(tmp_path):
    left = tmp_path / "spill" / "duckdb-left"
    left.mkdir(parents=True)
    os.utime(left, (0, 0))
    workbench().close()
    assert not left.exists()
