"""Fill the blanks of a statement. Braces and dollars are taken: patterns are full of them."""


def filled(statement: str, **blanks: str) -> str:
    """Put every ``<name>`` in its place."""
    for name, text in blanks.items():
        statement = statement.replace(f"<{name}>", text)
    return statement
