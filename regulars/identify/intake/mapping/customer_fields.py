"""The fields of a customer file. Fields that staff defined are named ``fields.`` and their key."""

from django.utils.translation import gettext_lazy as _

from regulars.identify.intake.mapping.field import Field, What
from regulars.identify.intake.mapping.person_fields import IDENTIFIERS, PERSON, PUBLIC_ID

_MORE = (
    Field(key="gender", label=_("gender"), names=("gender", "sex", "性别")),
    Field(key="born_on", label=_("birthday"), what=What.TIME,
          names=("birthday", "birthdate", "dateofbirth", "dob", "bornon", "生日", "出生日期")),
    Field(key="language", label=_("language"), names=("language", "lang", "locale", "语言")),
    Field(key="interests", label=_("interests"), names=("interests", "tags", "兴趣", "标签")),
    Field(key="branch", label=_("branch"),
          names=("branch", "store", "homestore", "location", "门店", "所属门店", "开卡门店")),
    Field(key="at", label=_("known since"), what=What.TIME,
          names=("createdat", "customersince", "registeredat", "joined", "signupdate", "created",
                 "注册时间", "入会时间", "开卡时间", "创建时间")),
)  # fmt: skip

CUSTOMER_FIELDS = {field.key: field for field in (PUBLIC_ID, *IDENTIFIERS, *PERSON, *_MORE)}
