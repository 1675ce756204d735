"""How many people, and how often they come."""

from django.utils.translation import gettext_lazy as _

from regulars.differentiate.explore.grains import About
from regulars.differentiate.explore.measure import Distinct, Measure, Part, Sum, Unit, share

HAD_A_FIRST_VISIT = _(
    "a first visit is a day; whoever wants the place can split by the first branch or product"
)

known = Part("known", {"people": Sum()})
came = Part(
    "came",
    {
        "visitors": Sum(),
        "visits": Distinct(lambda visits: visits.customer_id),
        "visit_orders": Distinct(lambda orders: orders.customer_id),
        "visit_lines": Distinct(lambda lines: lines.customer_id),
    },
)
visited = Part(
    "visited",
    {
        "visitors": Sum(lambda people: people.visits),
        "visits": Sum(),
        "visit_orders": Distinct(lambda orders: orders.visit_key),
        "visit_lines": Distinct(lambda lines: lines.visit_key),
    },
)
began = Part("began", {"first_visits": Sum()})
came_again = Part(
    "came_again", {"first_visits": Sum(lambda people: (people.visits > 1).cast("int8"))}
)

customers = Measure(
    key="customers",
    label=_("Customers"),
    sentence=_(
        "Known people with at least one visit: a day on which their orders, net of the refunds "
        "matched to them, are worth more than nothing. Who came on many days counts once in each "
        "row, and once in the whole."
    ),
    unit=Unit.COUNT,
    parts=(came,),
    value=lambda parts: parts.came,
)
visits = Measure(
    key="visits",
    label=_("Visits"),
    sentence=_(
        "Days on which a known customer's orders, net of the refunds matched to them, are worth "
        "more than nothing. By product: the visits on which it was bought."
    ),
    unit=Unit.COUNT,
    parts=(visited,),
    value=lambda parts: parts.visited,
)
visits_each = Measure(
    key="visits_per_customer",
    label=_("Visits per customer"),
    sentence=_("Visits divided by the customers who made them."),
    unit=Unit.DECIMAL,
    parts=(visited, came),
    value=share("visited", "came"),
)
newcomers = Measure(
    key="newcomers",
    label=_("Newcomers"),
    sentence=_("Customers whose first visit was in the period."),
    unit=Unit.COUNT,
    parts=(began,),
    value=lambda parts: parts.began,
    why_not=dict.fromkeys((About.SALE, About.ORDER, About.PRODUCT), HAD_A_FIRST_VISIT),
    shared=True,
)
repeat_share = Measure(
    key="repeat_share",
    label=_("Repeat share"),
    sentence=_(
        "Of the customers whose first visit was in the period, the share with a second visit by "
        "the day one looks from. Who came first not long ago has had little time to return."
    ),
    unit=Unit.SHARE,
    parts=(came_again, began),
    value=share("came_again", "began"),
    why_not=dict.fromkeys((About.SALE, About.ORDER, About.PRODUCT), HAD_A_FIRST_VISIT),
)
people = Measure(
    key="people",
    label=_("Known people"),
    sentence=_(
        "Everybody the brand knows on the day one looks from, with or without a visit; merged "
        "records count once."
    ),
    unit=Unit.COUNT,
    parts=(known,),
    value=lambda parts: parts.known,
    shared=True,
)
