"""How the pages of value name things."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regulars.differentiate.value.states import AT_RISK, LOST, SAFE, SLIPPING

MODELS = {"bg-nbd": "BG/NBD", "mbg-nbd": "MBG/NBD", "pareto-nbd": "Pareto/NBD"}
SYMBOLS = {"alpha": "α", "beta": "β"}

STATE_WORDS: dict[str, str | Promise] = {
    AT_RISK: _("At risk"),
    SLIPPING: _("Slipping away"),
    LOST: _("Most likely lost"),
    SAFE: pgettext_lazy("churn", "Safe"),
}
STATE_SAYS: dict[str, str | Promise] = {
    AT_RISK: _("The day to act is within the next fourteen days."),
    SLIPPING: _("The day to act has passed, and they may still be there."),
    LOST: _("The chance that they still come is below ten per cent."),
    SAFE: _("The day to act is further away."),
}
REASONS: dict[str, str | Promise] = {
    "holdout": _(
        "of the models to which one can leave after the first visit, it foretold the time held "
        "out best"
    ),
    "about-equal": _(
        "it foretold the time held out about as well as the other, and fits what was seen better"
    ),
    "likelihood": _("it fits what was seen best; the shop is too young to hold time out"),
    "only": _("it is the only one that can be estimated"),
    "not-estimable": _("no model can be estimated yet"),
}
TROUBLES: dict[str, str | Promise] = {
    "too-few": _("Not estimable yet: fewer than twenty customers have come back."),
    "nobody-left": _(
        "Not estimable yet: nobody has had time to leave, so the visits do not tell when they do."
    ),
    "undetermined": _(
        "Not estimable yet: customers differ so much in how they come or leave that no spread "
        "describes it."
    ),
    "unforeseeable": _("Not estimable yet: what was fitted to so few days foresees nothing."),
}


def percent(share: float | None, places: int = 0) -> str:
    """Write a share as per cent."""
    return "" if share is None else f"{100 * share:.{places}f} %"
