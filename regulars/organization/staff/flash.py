"""Say what was done, with the way back."""

from django.contrib import messages
from django.urls import reverse

from regulars.organization.audience import StaffRequest
from regulars.organization.models import AuditEntry
from regulars.organization.undoing import can_undo


def say_done(request: StaffRequest, sentence: str, entry: AuditEntry | None) -> None:
    """Show a sentence on the next page, and an Undo beside it when the entry can be undone."""
    tags = ""
    if entry is not None and can_undo(entry):
        place = {"brand": request.access.brand.slug, "entry": entry.pk}
        tags = f"undo:{reverse('organization:undo', kwargs=place)}"
    messages.success(request, sentence, extra_tags=tags)
