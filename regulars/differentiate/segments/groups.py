"""Under which words the builder offers the families of conditions."""

from django.utils.translation import gettext_lazy as _

BOUGHT = _("What they bought and did")
WHO = _("Who they are")
STANDING = _("How they stand")
LISTS = _("Lists and lots")
FIRST = ("orders", "events", "metric", "worth", "profile", "place", "field", "segment", "list")
ORDER = (BOUGHT, STANDING, LISTS, WHO)
