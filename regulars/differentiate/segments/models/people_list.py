from django.db import models
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from regulars.organization.public import Brand, User


class PeopleList(models.Model):
    """People whom somebody listed in a file, as a bitmap of their numbers. Never changed.

    ``unknown`` is how many lines of the file named nobody.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(_("name"), max_length=120)
    bitmap = models.BinaryField()
    size = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["brand", "name"], name="people_list_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def people(self) -> BitMap:
        """The numbers of the people."""
        return BitMap.deserialize(bytes(self.bitmap))
