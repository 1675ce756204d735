"""Look up what begins with a text, through an index on both databases.

``LIKE 'x%'`` cannot use a plain index on either: SQLite compares without case, PostgreSQL in the
order of its language. So the range of all texts that begin so is asked for, in byte order; on
PostgreSQL by the operators of ``varchar_pattern_ops``, in which such indexes are declared.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup
from django.db.models.sql.compiler import SQLCompiler

AFTER_EVERYTHING = "\U0010ffff"


@CharField.register_lookup
class BeginsWith(Lookup):
    lookup_name = "begins_with"

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        column, column_parameters = self.process_lhs(compiler, connection)
        start, parameters = self.process_rhs(compiler, connection)
        at_least, below = ("~>=~", "~<~") if connection.vendor == "postgresql" else (">=", "<")
        sql = f"({column} {at_least} {start} AND {column} {below} {start})"
        end = str(parameters[0]) + AFTER_EVERYTHING
        return sql, (*column_parameters, *parameters, *column_parameters, end)
