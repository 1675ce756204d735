from django.utils.translation import gettext_lazy as _

from regulars.identify.intake.mapping.preset import Preset, Reading

# A row for each item. What was really paid for it is told after every discount, and what was
# given back of it beside; the same columns are named differently by the older and newer reports.
YOUZAN = Preset(
    key="youzan",
    label=_("Youzan orders"),
    signatures=(
        ("订单号", "商品名称", "商品实际成交金额"),
        ("订单号", "商品名称", "规格编码", "实付金额"),
        ("订单号", "商品名称", "买家手机号", "下单时间"),
    ),
    columns={
        "number": ("订单号",),
        "at": ("下单时间", "订单创建时间", "买家付款时间", "付款时间", "交易成功时间"),
        "status": ("订单状态", "订单商品状态"),
        "shipping": ("运费", "订单运费"),
        "total": ("订单实付金额",),
        "coupon": ("优惠券", "优惠券名称"),
        "channel": ("订单来源", "销售渠道"),
        "branch": ("归属店铺", "归属门店", "网店名称"),
        "sku": ("规格编码", "商品编码"),
        "product": ("商品名称",),
        "category": ("商品目录", "商品分组"),
        "quantity": ("商品数量", "数量"),
        "price": ("商品单价", "单价"),
        "gross": ("商品金额小计",),
        "amount": ("商品实际成交金额", "商品实付金额", "实付金额"),
        "line_refunded": ("商品已退款金额", "已退款金额", "退款金额"),
        "member_number": ("会员卡号",),
        "shop_id": ("买家ID", "有赞客户ID"),
        "phone": ("买家手机号", "收货人手机号/提货人手机号", "收货人手机号"),
        "name": ("买家姓名", "买家昵称", "收货人/提货人", "收货人"),
        "region": ("收货人省份",),
        "city": ("收货人城市",),
        "address": ("详细收货地址/提货地址", "详细收货地址"),
    },
    reading=Reading(
        source="youzan",
        unpaid="^(交易关闭|已关闭|待付款|等待买家付款|未付款)",
        currency="CNY",
        timezone="Asia/Shanghai",
        country="CN",
    ),
)
