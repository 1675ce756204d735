"""The lake may be named by a URL: nothing but its making depends on a folder."""

from datetime import date

import pyarrow as pa
import pytest

from regulars.identify.commerce.public import Product
from regulars.identify.customers.public import Customer
from regulars.lake.public import (
    catch_up,
    compact,
    drop_computed,
    erase,
    partitions,
    reading,
    rebuild,
    write_partition,
)
from regulars.lake.tests.facts import change, odd_facts
from regulars.lake.tests.shown import assert_same


@pytest.fixture
def bucket(lake, settings, tmp_path):
    settings.REGULARS_LAKE = (tmp_path / "bucket").as_uri()
    (tmp_path / "bucket").mkdir()
    return tmp_path / "bucket"


def test_a_lake_behind_a_url_does_all_that_one_in_a_folder_does(bucket, teahouse, soho):
    odd_facts(teahouse, soho)
    catch_up()
    change(Product, Product.objects.first().pk, name="changed")
    catch_up()
    assert_same()
    assert compact(thoroughly=True)["products"] > 1
    rebuild()
    assert_same()
    where = {"brand_id": teahouse.pk, "as_of": date(2025, 11, 20)}
    everybody = list(Customer.objects.values_list("id", flat=True))
    write_partition("worth", pa.table({"customer_id": everybody}), where=where)
    erase(customer_ids=everybody[:1])
    with reading() as lake:
        worth = lake.computed("worth")
        assert worth.filter(worth.as_of == where["as_of"]).count().to_pyarrow().as_py() == 7
    assert partitions("worth") == [where]
    drop_computed("worth")
    assert partitions("worth") == []
    assert_same()
    assert len([path for path in bucket.iterdir() if path.is_dir()]) == 1
