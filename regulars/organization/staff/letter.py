"""The letter that invites a person."""

import smtplib

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from regulars.organization.models import Brand, User


def send_invitation(person: User, *, link: str, by: User, brand: Brand) -> bool:
    """Send the link to the person, in their language or the brand's; say whether it went."""
    with translation.override(person.language or brand.language):
        subject = _("%(name)s invites you to %(brand)s") % {"name": by, "brand": brand}
        page = {"person": person, "link": link, "by": by, "brand": brand}
        body = render_to_string("organization/invitation.txt", page)
    try:
        send_mail(subject, body, None, [person.email])
    except (OSError, smtplib.SMTPException):
        return False
    return True
