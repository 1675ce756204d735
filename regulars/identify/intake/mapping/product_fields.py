"""The fields of a product file."""

from django.utils.translation import gettext_lazy as _

from regulars.identify.intake.mapping.field import Field, What

_ALL = (
    Field(key="sku", label=_("SKU"),
          names=("sku", "stockcode", "productcode", "itemcode", "variantsku", "productid", "code",
                 "barcode", "商家编码", "商品编码", "货号", "条码", "编码")),
    Field(key="product", label=_("name"),
          names=("name", "productname", "title", "description", "itemname", "item", "product",
                 "商品名称", "宝贝标题", "商品标题", "名称", "品名")),
    Field(key="maker", label=_("product brand"),
          names=("maker", "brand", "vendor", "manufacturer", "品牌")),
    Field(key="category", label=_("category"),
          names=("category", "productcategory", "categorypath", "type", "producttype", "categories",
                 "分类", "类目", "商品分类")),
    Field(key="price", label=_("price"), what=What.MONEY,
          names=("price", "unitprice", "regularprice", "variantprice", "saleprice", "价格", "售价",
                 "单价", "零售价")),
    Field(key="cost", label=_("cost"), what=What.MONEY,
          names=("cost", "unitcost", "costperitem", "purchaseprice", "成本", "成本价", "进价")),
    Field(key="durability", label=_("consumable or durable"),
          names=("kind", "durability", "消耗品", "商品性质")),
)  # fmt: skip

PRODUCT_FIELDS = {field.key: field for field in _ALL}
