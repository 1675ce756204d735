from django.utils.translation import gettext_lazy as _

from regulars.identify.intake.mapping.preset import Preset, Reading

# Two reports: a row for each order, whose titles stand in one cell, or a row for each item with
# the number of the order it belongs to. What was paid holds the postage.
TAOBAO = Preset(
    key="taobao",
    label=_("Taobao and Tmall orders"),
    signatures=(
        ("订单编号", "买家实际支付金额", "订单状态"),
        ("订单编号", "买家实付金额", "订单状态"),
        ("主订单编号", "买家实付金额", "购买数量"),
    ),
    columns={
        "number": ("主订单编号", "订单编号"),
        "at": ("订单创建时间", "创建时间", "订单付款时间", "付款时间"),
        "status": ("订单状态",),
        "shipping": ("买家应付邮费",),
        "total": ("买家实际支付金额", "买家实付金额"),
        "line_refunded": ("退款金额",),
        "branch": ("店铺名称",),
        "sku": ("商家编码", "外部系统编号"),
        "product": ("宝贝标题", "商品标题", "标题"),
        "quantity": ("宝贝总数量", "购买数量"),
        "shop_id": ("买家会员名", "买家昵称"),
        "phone": ("联系手机", "买家手机号"),
        "name": ("收货人姓名", "买家姓名"),
        "address": ("收货地址", "修改后的收货地址"),
    },
    reading=Reading(
        source="taobao",
        unpaid="^(交易关闭|等待买家付款)",
        currency="CNY",
        timezone="Asia/Shanghai",
        country="CN",
    ),
)
