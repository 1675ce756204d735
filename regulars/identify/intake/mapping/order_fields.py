"""The fields of an order file. Those of the whole order may stand on its first line only."""

from django.utils.translation import gettext_lazy as _

from regulars.identify.intake.mapping.field import Field, What
from regulars.identify.intake.mapping.person_fields import IDENTIFIERS, PERSON

_MONEY = What.MONEY

ORDER = (
    Field(
        key="number",
        label=_("order number"),
        names=(
            "invoiceno", "invoice", "invoicenumber", "ordernumber", "orderid", "order", "orderno",
            "transactionid", "receiptnumber", "receipt", "ticket", "订单编号", "订单号", "单号",
            "小票号", "流水号", "主订单编号",
        ),
    ),
    Field(
        key="at",
        label=_("time of the order"),
        what=What.TIME,
        names=(
            "invoicedate", "orderdate", "createdat", "date", "datetime", "placedat", "purchasedate",
            "time", "timestamp", "orderedat", "ordertime", "paidat", "订单创建时间", "下单时间",
            "订单付款时间", "付款时间", "成交时间", "创建时间", "日期", "时间", "消费时间",
        ),
    ),
    Field(key="clock", label=_("time of day"), what=What.TIME, hint=_("if it has its own column")),
    Field(key="zone", label=_("time zone"), hint=_("if every row tells its own"),
          names=("timezone", "时区")),
    Field(key="status", label=_("status"),
          names=("status", "orderstatus", "financialstatus", "订单状态", "交易状态", "状态")),
    Field(key="event", label=_("sale or refund"), names=("eventtype", "类型", "交易类型")),
    Field(key="refund_of", label=_("refund of order"),
          names=("originalorder", "refundof", "originalinvoice", "原订单号", "原单号")),
    Field(key="currency", label=_("currency"), names=("currency", "ordercurrency", "币种", "货币")),
    Field(key="goods", label=_("goods before discount"), what=_MONEY,
          names=("ordersubtotalamount",)),
    Field(key="order_discount", label=_("discount on the order"), what=_MONEY,
          names=("discountamount", "orderdiscount", "cartdiscountamount", "店铺优惠", "订单优惠")),
    Field(key="subtotal", label=_("goods after discount"), what=_MONEY,
          names=("subtotal", "ordersubtotal")),
    Field(key="shipping", label=_("shipping"), what=_MONEY,
          names=("shipping", "shippingtotal", "ordershippingamount", "买家应付邮费", "运费",
                 "邮费")),
    Field(key="tax", label=_("tax"), what=_MONEY,
          names=("taxes", "tax", "taxtotal", "ordertotaltaxamount", "税费")),
    Field(key="total", label=_("total paid"), what=_MONEY,
          names=("total", "ordertotal", "ordertotalamount", "grandtotal", "amountpaid",
                 "买家实际支付金额", "订单实付金额", "实付金额", "实付款", "合计",
                 "总额", "总金额")),
    Field(key="refunded", label=_("refunded of it"), what=_MONEY,
          names=("refundedamount", "orderrefundamount", "退款金额", "已退款金额",
                 "订单已退款金额")),
    Field(key="coupon", label=_("coupon"),
          names=("coupon", "couponcode", "discountcode", "优惠券", "优惠码")),
    Field(key="channel", label=_("channel"),
          names=("channel", "saleschannel", "渠道", "销售渠道")),
    Field(key="branch", label=_("branch"),
          names=("branch", "store", "location", "shop", "outlet", "门店", "店铺",
                 "店铺名称", "网点")),
)  # fmt: skip

LINE = (
    Field(key="sku", label=_("SKU"),
          names=("sku", "stockcode", "productcode", "itemcode", "lineitemsku", "barcode", "upc",
                 "productid", "商家编码", "商品编码", "外部系统编号", "规格编码", "货号", "条码")),
    Field(key="product", label=_("product"),
          names=("description", "product", "productname", "itemname", "item", "lineitemname",
                 "title", "宝贝标题", "标题", "商品名称", "商品标题", "品名", "商品", "名称",
                 "name")),
    Field(key="category", label=_("category"),
          names=("category", "productcategory", "分类", "类目")),
    Field(key="maker", label=_("product brand"), names=("vendor", "productbrand", "品牌")),
    Field(key="quantity", label=_("quantity"), what=What.NUMBER,
          names=("quantity", "qty", "lineitemquantity", "quantityrefund", "units", "购买数量",
                 "商品数量", "宝贝总数量", "数量", "件数", "amount")),
    Field(key="price", label=_("price of one"), what=_MONEY,
          names=("unitprice", "price", "lineitemprice", "itemcost", "unitcost", "价格", "单价",
                 "商品单价")),
    Field(key="gross", label=_("line before discount"), what=_MONEY,
          names=("grosssales", "linetotalbeforediscount", "商品金额")),
    Field(key="discount", label=_("discount on the line"), what=_MONEY,
          names=("lineitemdiscount", "discounts", "linediscount", "商品优惠", "单品优惠")),
    Field(key="amount", label=_("line after discount"), what=_MONEY,
          names=("netsales", "linetotal", "amount", "lineamount", "extendedprice", "商品小计",
                 "小计", "商品实付金额", "商品实际成交金额", "金额")),
    Field(key="line_tax", label=_("tax on the line"), what=_MONEY, names=("linetax", "itemtax")),
    Field(key="line_refunded", label=_("refunded of the line"), what=_MONEY,
          names=("itemrefunded", "orderlinetotalrefunded", "商品已退款金额")),
)  # fmt: skip

ORDER_FIELDS = {field.key: field for field in (*ORDER, *LINE, *IDENTIFIERS, *PERSON)}
