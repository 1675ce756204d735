"""Warn that a brand's facts are not whole: an import of it was left half-way."""

from regulars.cli.saying import say
from regulars.identify.intake.public import unfinished_imports
from regulars.organization.public import Brand


def warn_of_half_imports(brand: Brand) -> None:
    """Name the imports of a brand that wrote something and that nobody goes on with."""
    for one in unfinished_imports(brand=brand):
        if not one.left_alone or one.harmless:
            continue
        imported = one.imported
        way = "undo" if one.undoing else "finish"
        say(
            f"Import {imported.pk} of {brand.slug} ({imported.file_name}) was left half-way, and "
            f"what it wrote counts: regulars import {way} {imported.pk} goes on."
        )
