"""What segments announce: that somebody came to be in one, or no longer is."""

from django.utils.translation import gettext_lazy as _

from regulars.identify.timeline.public import declare

SEGMENT_ENTERED = declare(
    "Segment Entered",
    _("Came into the segment {segment}"),
    label=_("entry into a segment"),
    visible_to_customer=False,
    theirs=False,
)
SEGMENT_LEFT = declare(
    "Segment Left",
    _("Left the segment {segment}"),
    label=_("exit from a segment"),
    visible_to_customer=False,
    theirs=False,
)
