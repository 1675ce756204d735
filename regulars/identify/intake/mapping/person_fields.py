"""The fields by which a person is recognized and described, in files of any kind."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regulars.identify.intake.mapping.field import Field, What

_IDENTIFIER = What.IDENTIFIER

PUBLIC_ID = Field(key="public_id", label=_("Regulars ID"), what=_IDENTIFIER, names=("publicid",))
"""By which somebody known is found again, and nobody new is recognized."""

IDENTIFIERS = (
    Field(key="user_id", label=_("user ID"), what=_IDENTIFIER, names=("userid", "用户id")),
    Field(key="member_number", label=_("member number"), what=_IDENTIFIER,
          names=("membernumber", "memberno", "memberid", "loyaltyid", "cardnumber", "会员号",
                 "会员卡号", "会员编号", "会員番号")),
    Field(key="wechat_unionid", label=_("WeChat union ID"), what=_IDENTIFIER, names=("unionid",)),
    Field(key="shop_id", label=_("shop customer ID"), what=_IDENTIFIER,
          names=("shopid", "customerid", "customernumber", "customerno", "customeruser", "clientid",
                 "accountid", "customer", "买家会员名", "买家昵称", "买家id",
                 "顾客编号", "客户编号", "kundennummer", "kundennr", "kundenid", "kunde",
                 "numéroclient",
                 "nclient", "codeclient", "idclient", "client", "númerodecliente", "ncliente",
                 "idcliente", "códigodecliente", "cliente", "codicecliente", "顧客番号", "顧客id")),
    Field(key="wechat_openid", label=_("WeChat open ID"), what=_IDENTIFIER, names=("openid",)),
    Field(key="phone", label=_("phone"), what=_IDENTIFIER,
          names=("phone", "phonenumber", "mobile", "mobilenumber", "telephone", "tel", "cellphone",
                 "billingphone", "phonebilling", "联系手机", "手机", "手机号", "手机号码",
                 "买家手机号", "收货人手机号", "电话", "联系电话", "telefon", "telefonnummer",
                 "handy",
                 "handynummer", "mobil", "téléphone", "portable", "teléfono", "móvil", "telefono",
                 "cellulare", "電話番号", "携帯電話")),
    Field(key="email", label=_("e-mail"), what=_IDENTIFIER,
          names=("email", "emailaddress", "mail", "customeremail", "billingemail", "emailbilling",
                 "邮箱", "电子邮箱", "邮件", "emailadresse", "courriel", "adresseemail", "correo",
                 "correoelectrónico", "メールアドレス", "indirizzoemail")),
)  # fmt: skip

PERSON = (
    Field(key="name", label=pgettext_lazy("person", "name"),
          names=("name", "customername", "fullname", "billingname", "收货人姓名", "收货人", "姓名",
                 "买家姓名", "客户姓名", "顾客姓名", "会员姓名", "kundenname", "nomclient",
                 "nomduclient",
                 "nombredelcliente", "nombrecliente", "nomecliente", "氏名", "お名前", "注文者氏名",
                 "顧客名")),
    Field(key="first_name", label=_("first name"),
          names=("firstname", "givenname", "firstnamebilling", "billingfirstname", "名", "vorname",
                 "prénom")),
    Field(key="last_name", label=_("last name"),
          names=("lastname", "surname", "familyname", "lastnamebilling", "billinglastname", "姓",
                 "nachname", "familienname", "nomdefamille", "apellido", "apellidos")),
    Field(key="address", label=_("address"),
          names=("address", "street", "address1", "billingstreet", "billingaddress1",
                 "address12billing", "收货地址", "地址", "详细地址", "strasse", "anschrift",
                 "adresse",
                 "dirección", "indirizzo", "住所", "收货人详细地址")),
    Field(key="city", label=_("city"),
          names=("city", "town", "billingcity", "citybilling", "城市", "收货人城市", "市", "stadt",
                 "ort",
                 "wohnort", "ville", "ciudad", "città", "市区町村")),
    Field(key="region", label=_("region"),
          names=("region", "state", "province", "county", "billingprovince", "statecodebilling",
                 "provincecode", "省", "省份", "都道府県", "收货人省份")),
    Field(key="postcode", label=_("postcode"),
          names=("postcode", "zip", "zipcode", "postalcode", "billingzip", "postcodebilling",
                 "邮编", "邮政编码", "plz", "postleitzahl", "codepostal", "códigopostal", "cap",
                 "郵便番号")),
    Field(key="country", label=_("country"),
          names=("country", "countrycode", "billingcountry", "countrycodebilling", "国家", "land",
                 "pays", "país")),
)  # fmt: skip
