"""What customers announce about themselves."""

from django.utils.translation import gettext_lazy as _

from regulars.identify.timeline.public import declare

SIGNED_UP = declare("Signed Up", _("Signed up"), label=_("sign-up"), icon="person")
