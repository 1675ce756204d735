"""Read members out of columns of JSON, in the words of whichever engine is asked."""

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis


def text_in_json(document: "ibis.Column", *names: str) -> "ibis.Column":
    """Return a member of JSON objects as text; ``names`` lead to it from the outermost object.

    Null when it is not there or null; objects and lists as JSON. The documents must be JSON, the
    names without quotation marks.
    """
    return extraction()(document, "$" + "".join(f'."{name}"' for name in names))


@cache
def extraction() -> Any:
    """Return DuckDB's own function; Spark's dialect says it in other words."""
    import ibis

    @ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
    def json_extract_string(document: str, path: str) -> str:  # type: ignore[empty-body]
        """Be called in the engine."""

    return json_extract_string
