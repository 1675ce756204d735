"""What a mapping must have before a file can be read."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext, gettext_noop

from regulars.identify.intake.mapping.field import Field
from regulars.identify.intake.reading.refusal import FileRefused, NoSuchChoice

NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "orders": (("number",), ("at",), ("price", "amount", "gross", "total")),
    "customers": (
        ("email", "phone", "shop_id", "member_number", "user_id", "wechat_unionid",
         "wechat_openid", "public_id"),
    ),
    "products": (("sku",),),
}  # fmt: skip
"""For each kind of file: of each group one field at least must have a column."""

IN_THE_FILE = gettext_noop("No column is known to hold: %(missing)s. The file has: %(columns)s.")
IN_THE_SHEET = gettext_noop(
    "No column is known to hold: %(missing)s. The sheet %(sheet)s has: %(columns)s. Other sheets "
    "that can be chosen (--sheet): %(others)s."
)


class ColumnMissing(FileRefused):
    """No column is known to hold what every file of this kind must tell."""


def missing_from(mapping: Mapping[str, str], kind: str) -> list[tuple[str, ...]]:
    """Return the groups of which no field has a column."""
    return [group for group in NEEDED[kind] if not any(mapping.get(key) for key in group)]


def check_mapping(
    mapping: Mapping[str, str],
    *,
    kind: str,
    columns: Sequence[str],
    fields: Mapping[str, Field],
    sheets: Sequence[str] = (),
) -> None:
    """Raise NoSuchChoice for what is not there, and ColumnMissing for what is needed.

    ``sheets`` are those of a workbook, first the one the columns are of.
    """
    for key, column in mapping.items():
        if key not in fields:
            raise NoSuchChoice(
                gettext_noop("There is no field called %(field)s. There are: %(fields)s."),
                field=key,
                fields=", ".join(fields),
            )
        if column not in columns:
            raise NoSuchChoice(
                gettext_noop("The file has no column called %(column)s. It has: %(columns)s."),
                column=column,
                columns=", ".join(columns),
            )
    if missing := missing_from(mapping, kind):
        raise ColumnMissing(
            IN_THE_SHEET if sheets[1:] else IN_THE_FILE,
            missing="; ".join(_or(group, fields) for group in missing),
            columns=", ".join(columns),
            sheet=sheets[0] if sheets else "",
            others=", ".join(sheets[1:]),
        )


def _or(group: Sequence[str], fields: Mapping[str, Field]) -> str:
    names = [f"{fields[key].label} ({key})" for key in group]
    return names[0] if len(names) == 1 else f" {gettext('or')} ".join(names)
