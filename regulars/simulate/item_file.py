"""Sales as a one-line-per-item file, the way many tills export them."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.simulate.history import History


def item_rows(history: History, sales: pa.Table) -> pa.Table:
    """Turn sales into lines of InvoiceNo, StockCode, Description, Quantity and so on.

    Times are the shop's wall clock; a refund's number begins with C, and it names no order.
    UnitPrice has as many decimals as quantity times price needs to give the amount back.
    """
    refund = pc.less(sales["quantity"], 0)
    number = pc.if_else(
        refund, pc.binary_join_element_wise("C", sales["order_number"], ""), sales["order_number"]
    )
    local = pc.local_timestamp(sales["ordered_at"].cast(pa.timestamp("s", history.shop.timezone)))
    quantity = np.asarray(sales["quantity"])
    amount = np.asarray(sales["amount"].cast(pa.float64()))
    return pa.table(
        {
            "InvoiceNo": number,
            "StockCode": sales["sku"],
            "Description": sales["product"],
            "Quantity": quantity,
            "InvoiceDate": pc.strftime(local, format="%Y-%m-%d %H:%M:%S"),
            "UnitPrice": np.round(amount / quantity, 6),
            "CustomerID": pc.fill_null(sales["member_number"], ""),
            "Country": pa.repeat(history.shop.places[0].country, len(sales)),
        }
    )
