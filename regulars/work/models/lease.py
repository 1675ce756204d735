from django.db import models


class Lease(models.Model):
    """Who leads a duty, and until when unless they renew it, by the database's clock."""

    duty = models.CharField(max_length=80, primary_key=True)
    holder = models.CharField(max_length=80, blank=True)
    expires_at = models.DateTimeField()
