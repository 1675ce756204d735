from django.utils.translation import gettext_lazy as _

from regulars.identify.intake.mapping.preset import Preset

# The customers as `regulars export customers` and the list of customers write them. Metrics beside
# are computed, and never read.
REGULARS = Preset(
    key="regulars",
    label=_("customers exported from Regulars"),
    kind="customers",
    signatures=(("public_id", "shop_id", "member_number", "source"),),
    columns={
        key: (key,)
        for key in ("public_id", "name", "email", "phone", "member_number", "user_id", "shop_id",
                    "branch", "city", "region", "country", "gender", "language")
    },
)  # fmt: skip
