import hashlib
from datetime import date

import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

from regulars.simulate import history as module
from regulars.simulate.files import write_files
from regulars.simulate.history import simulate
from regulars.simulate.shops import SHOPS

SHAPES = {"customers", "household", "products", "orders", "lines"}
SHAPES |= {"refunds", "refund_lines", "refund_matches"}


def _write(folder, *, seed=3, slug="teahouse"):
    found = simulate(SHOPS[slug], size=800, seed=seed, years=2, until=date(2026, 5, 1))
    write_files(found, folder, csv=True, lake=True, progress=lambda *_: None)
    return folder


def _hashes(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def _total(table, of, by):
    return table.group_by(by).aggregate([(of, "sum")])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return _write(tmp_path_factory.mktemp("teahouse"))


@pytest.fixture(scope="module")
def shaped(folder):
    return {path.stem: pq.read_table(path) for path in (folder / "lake").glob("*.parquet")}


def test_equal_seeds_give_equal_bytes(folder, tmp_path):
    assert _hashes(folder) == _hashes(_write(tmp_path))


def test_another_seed_gives_another_shop(folder, tmp_path):
    ours, theirs = _hashes(folder), _hashes(_write(tmp_path, seed=4))
    same = {name for name in ours if ours[name] == theirs[name]}
    assert same == {"products.parquet", "lake/products.parquet"}


def test_two_shops_of_one_seed_are_not_twins(folder, tmp_path):
    _write(tmp_path, slug="bakery")
    ours, theirs = (pq.read_table(path / "truth.parquet") for path in (folder, tmp_path))
    assert ours["thrift"] != theirs["thrift"]


def test_short_runs_hold_the_same_orders(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "RUN", 700)
    _write(tmp_path)
    ours, theirs = (pq.read_table(path / "lake/orders.parquet") for path in (folder, tmp_path))
    assert ours["occurred_at"].equals(theirs["occurred_at"])
    assert ours["customer_id"].equals(theirs["customer_id"])
    for name in ("lines", "refunds", "refund_lines"):
        ids = pq.read_table(tmp_path / f"lake/{name}.parquet")["id"].to_pylist()
        assert ids == list(range(1, len(ids) + 1))


def test_the_lake_shape_has_every_table(shaped):
    assert set(shaped) == SHAPES


def test_the_lake_shape_adds_up(shaped):
    orders = shaped["orders"].join(
        _total(shaped["lines"], "amount_minor", "order_id"), keys="id", right_keys="order_id"
    )
    assert orders["net_minor"].equals(orders["amount_minor_sum"])
    refunds = shaped["refunds"].join(
        _total(shaped["refund_lines"], "amount_minor", "refund_id"),
        keys="id",
        right_keys="refund_id",
    )
    assert refunds["amount_minor"].equals(refunds["amount_minor_sum"])


def test_the_lake_shape_points_at_rows_that_are_there(shaped):
    for table, column, target in (
        ("orders", "customer_id", "customers"),
        ("household", "customer_id", "customers"),
        ("lines", "order_id", "orders"),
        ("lines", "product_id", "products"),
        ("refunds", "order_id", "orders"),
        ("refund_lines", "refund_id", "refunds"),
        ("refund_matches", "line_id", "lines"),
        ("refund_matches", "order_id", "orders"),
        ("refund_matches", "refund_line_id", "refund_lines"),
    ):
        pointers = shaped[table][column].drop_null()
        found = pc.is_in(pointers, pc.cast(shaped[target]["id"], pointers.type))
        assert pc.all(found).as_py(), (table, column)


def test_sales_say_what_the_lake_shape_says(folder, shaped):
    sales = pq.read_table(folder / "sales.parquet")
    net = pc.sum(shaped["orders"]["net_minor"]).as_py()
    back = pc.sum(shaped["refunds"]["amount_minor"]).as_py()
    assert pc.sum(sales["amount"]).as_py() * 100 == net - back
    sold = sales.filter(pc.greater(sales["quantity"], 0))
    assert pc.count_distinct(sold["order_number"]).as_py() == len(shaped["orders"])


def test_the_item_file_gives_every_amount_back(folder):
    items = pacsv.read_csv(folder / "items.csv")
    sales = pq.read_table(folder / "sales.parquet")
    minor = pc.round(pc.multiply(pc.multiply(items["UnitPrice"], items["Quantity"]), 100.0))
    assert minor.cast("int64").to_pylist() == [
        int(amount * 100) for amount in sales["amount"].to_pylist()
    ]
    refund = pc.starts_with(items["InvoiceNo"], "C")
    assert refund.to_pylist() == pc.less(items["Quantity"], 0).to_pylist()


def test_the_truth_is_kept_apart_from_the_facts(folder):
    truth = set(pq.read_schema(folder / "truth.parquet").names) - {"member_number"}
    for name in ("customers", "household", "products", "sales"):
        assert not truth & set(pq.read_schema(folder / f"{name}.parquet").names)
