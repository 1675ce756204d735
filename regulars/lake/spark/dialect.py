"""Say in Spark's SQL what expressions mean in DuckDB, where the two would answer differently."""

from typing import Any

import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.base import NULL
from ibis.backends.sql.compilers.pyspark import PySparkCompiler

from regulars.lake.json_text import extraction

MATCHES = "lake_matches"
NUMBER = r"^\s*[+-]?((\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|(?i:nan|inf|infinity))\s*$"
DAY = r"^\s*(\d{1,6})([-/])(\d{1,2})\2(\d{1,2})(?!\d)"


class SparkDialect(PySparkCompiler):  # type: ignore[misc]
    """Ibis for Spark, with the answers of DuckDB."""

    __slots__ = ()

    def visit_ScalarUDF(self, op: Any, **told: Any) -> Any:
        if isinstance(op, _extraction()):
            steps = op.path.value.removeprefix('$."').removesuffix('"').split('"."')
            path = "$" + "".join(f"['{step}']" for step in steps)
            return self.f.get_json_object(told["document"], path)
        return super().visit_ScalarUDF(op, **told)

    def visit_IsNull(self, op: Any, *, arg: Any) -> Any:
        """A number that is none is not unknown."""
        return arg.is_(NULL)

    def visit_NotNull(self, op: Any, *, arg: Any) -> Any:
        return arg.is_(sge.Not(this=NULL))

    def visit_CountStar(self, op: Any, *, arg: Any, where: Any) -> Any:
        return self.agg.count(1, where=where)

    def visit_Median(self, op: Any, *, arg: Any, where: Any) -> Any:
        kept = arg if where is None else self.if_(where, arg, NULL)
        return self.f.percentile(kept, 0.5)

    def visit_ArrayIndex(self, op: Any, *, arg: Any, index: Any) -> Any:
        """Beyond the end of a list is nothing, and no error."""
        return self.f.anon.get(arg, self.cast(index, dt.int32))

    def visit_DateTruncate(self, op: Any, *, arg: Any, unit: Any) -> Any:
        return self.f.anon.trunc(arg, unit.singular)

    def visit_TryCast(self, op: Any, *, arg: Any, to: Any) -> Any:
        """Texts that only Java takes for numbers are none; days may be written with slashes."""
        if op.arg.dtype.is_string() and to.is_floating():
            arg = self.if_(self.f.anon.rlike(arg, NUMBER), arg, NULL)
        elif op.arg.dtype.is_string() and to.is_date():
            arg = self.f.anon.replace(self.f.anon.regexp_substr(arg, DAY), "/", "-")
        return super().visit_TryCast(op, arg=arg, to=to)

    def visit_RegexSearch(self, op: Any, *, arg: Any, pattern: Any) -> Any:
        return self.f.anon[MATCHES](arg, pattern)


def _extraction() -> type[ops.ScalarUDF]:
    column = ops.Literal("", "string").to_expr()
    found: type[ops.ScalarUDF] = type(extraction()(column, "$").op())
    return found


dialect = SparkDialect()
