from django.db import models
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from regulars.organization.public import Brand, User


class PeopleListQuerySet(models.QuerySet["PeopleList"]):
    """Lists of people of a brand."""

    def of(self, brand: Brand) -> "PeopleListQuerySet":
        return self.filter(brand=brand)

    def in_use(self) -> "PeopleListQuerySet":
        return self.filter(removed_at=None)


class PeopleList(models.Model):
    """People whom somebody listed in a file, as a bitmap of their numbers.

    ``unknown`` is how many lines of the file named nobody. A removed one is out of use, and kept
    for a while so that this can be undone; with ``former_of`` it holds what another list had
    before a newer file took its place.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(_("name"), max_length=120)
    bitmap = models.BinaryField()
    size = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    former_of = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")

    objects = PeopleListQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "name"],
                condition=models.Q(removed_at=None),
                name="people_list_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def people(self) -> BitMap:
        """The numbers of the people."""
        return BitMap.deserialize(bytes(self.bitmap))
