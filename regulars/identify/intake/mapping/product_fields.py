"""The fields of a product file."""

from django.utils.translation import gettext_lazy as _

from regulars.identify.intake.mapping.field import Field, What

_ALL = (
    Field(key="sku", label=_("SKU"),
          names=("sku", "stockcode", "productcode", "itemcode", "variantsku", "productid", "code",
                 "barcode", "商家编码", "商品编码", "货号", "条码", "编码", "商品編號", "貨號",
                 "條碼",
                 "artikelnummer", "artikelnr", "artnr", "produktnummer", "bestellnummer",
                 "référence", "reference", "réf", "ref", "référenceproduit", "codearticle",
                 "codeproduit", "referencia", "códigodeproducto", "códigodeartículo", "código",
                 "codigo", "codicearticolo", "codiceprodotto", "codice", "referência",
                 "códigodoproduto", "artikelcode", "productnummer", "kodproduktu", "symbol",
                 "商品コード", "商品番号", "品番", "型番", "janコード", "商品管理番号",
                 "상품코드", "상품번호", "품번", "ean", "gtin")),
    Field(key="product", label=_("name"),
          names=("name", "productname", "title", "description", "itemname", "item", "product",
                 "商品名称", "宝贝标题", "商品标题", "名称", "品名", "商品名稱", "名稱",
                 "artikelbezeichnung", "artikelname", "produktname", "bezeichnung", "artikel",
                 "produkt", "beschreibung", "désignation", "designation", "libellé", "libelle",
                 "nomduproduit", "nom", "produit", "article", "nombredelproducto", "nombre",
                 "producto", "artículo", "articulo", "descripción", "descripcion",
                 "nomeprodotto", "descrizione", "nome", "prodotto", "articolo", "nomedoproduto",
                 "descrição", "produto", "productnaam", "omschrijving", "naam", "nazwa",
                 "nazwaproduktu", "商品名", "상품명", "품명")),
    Field(key="maker", label=_("product brand"),
          names=("maker", "brand", "vendor", "manufacturer", "品牌", "marke", "hersteller",
                 "marque", "fabricant", "marca", "fabricante", "produttore", "merk", "fabrikant",
                 "marka", "producent", "ブランド", "ブランド名", "メーカー", "メーカー名",
                 "브랜드", "제조사")),
    Field(key="category", label=_("category"),
          names=("category", "productcategory", "categorypath", "type", "producttype", "categories",
                 "分类", "类目", "商品分类", "分類", "商品分類", "類別", "kategorie", "warengruppe",
                 "artikelgruppe", "catégorie", "categorie", "rayon", "famille", "categoría",
                 "categoria", "familia", "famiglia", "productgroep", "kategoria",
                 "カテゴリ", "カテゴリー", "商品カテゴリ", "카테고리", "분류")),
    Field(key="price", label=_("price"), what=What.MONEY,
          names=("price", "unitprice", "regularprice", "variantprice", "saleprice", "价格", "售价",
                 "单价", "零售价", "價格", "售價", "單價", "verkaufspreis", "vkpreis", "vkbrutto",
                 "vk", "preis", "bruttopreis", "einzelpreis", "prixdevente", "prixdeventettc",
                 "prixttc",
                 "prixunitaire", "prix", "preciodeventa", "pvp", "precio", "preciounitario",
                 "prezzodivendita", "prezzo", "preçodevenda", "preço", "preco", "verkoopprijs",
                 "prijs", "cenasprzedaży", "cena", "販売価格", "価格", "売価", "単価", "税込価格",
                 "定価", "판매가", "가격", "소비자가")),
    Field(key="cost", label=_("cost"), what=What.MONEY,
          names=("cost", "unitcost", "costperitem", "purchaseprice", "成本", "成本价", "进价",
                 "成本價", "進價", "einkaufspreis", "ekpreis", "eknetto", "ek",
                 "prixdachat", "prixachat", "coût", "cout", "coûtunitaire", "preciodecompra",
                 "preciodecoste", "coste", "costo", "costounitario", "prezzodacquisto",
                 "prezzodiacquisto", "preçodecusto", "custo", "inkoopprijs", "kostprijs",
                 "cenazakupu", "原価", "仕入価格", "仕入単価", "仕入れ値", "원가", "매입가")),
    Field(key="durability", label=_("consumable or durable"),
          names=("kind", "durability", "消耗品", "商品性质", "warenart", "produktart", "nature",
                 "naturaleza", "natura", "商品区分")),
)  # fmt: skip

CONSUMABLE = ("consumable", "消耗品", "易耗品", "verbrauchsgut", "verbrauchsartikel",
              "consommable", "consumible", "consumabile", "消耗品類", "소모품")  # fmt: skip
DURABLE = (
    "durable",
    "耐用品",
    "gebrauchsgut",
    "duradero",
    "durevole",
    "耐久品",
    "耐久財",
    "내구재",
)
"""How a product file says in its own language what is used up and what stays."""

PRODUCT_FIELDS = {field.key: field for field in _ALL}
