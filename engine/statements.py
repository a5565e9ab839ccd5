"""The statements that every step writes: made into text once, after which only their values are turned into what the database takes.

SQLAlchemy would look each of them up and prepare it anew every time, which costs several times what the database takes for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, CursorResult, Insert, Table, Update, and_, bindparam, insert, update
from sqlalchemy.engine import Dialect

KEPT = 256  # statements; there are as many as there are sets of columns that are written together

Keys: TypeAlias = tuple[str, ...]


class Written:
    """A statement as text, with what turns each value into the database's own."""

    def __init__(self, statement: Insert | Update, keys: Keys, dialect: Dialect, always: Mapping[str, Any]) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=[*keys, *always])
        self._text = str(compiled)
        self._names = tuple(compiled.positiontup or compiled.binds)
        self._made = [(name, _processor(compiled.binds[name].type, dialect)) for name in self._names]
        self._named = compiled.positiontup is None
        self._always = dict(always)

    def execute(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> CursorResult[Any]:
        """Once for each row."""
        values = [self._values({**self._always, **row} if self._always else row) for row in rows]
        return connection.exec_driver_sql(self._text, values if len(values) > 1 else values[0])

    def _values(self, row: Mapping[str, Any]) -> Any:
        made = [row[name] if process is None else process(row[name]) for name, process in self._made]
        return dict(zip(self._names, made, strict=True)) if self._named else tuple(made)


@lru_cache(maxsize=KEPT)
def insertion(table: Table, keys: Keys, dialect: Dialect) -> Written:
    """Adds rows that have these columns; the others get what they are by default."""
    defaults = {c.key: _default(c.default) for c in table.columns if c.default is not None and c.key not in keys}
    return Written(insert(table).inline(), keys, dialect, defaults)


@lru_cache(maxsize=KEPT)
def change(table: Table, keys: Keys, known: Keys, dialect: Dialect) -> Written:
    """Changes these columns of the row whose `known` columns are what is given as old_….

    keys: the columns to write.
    """
    same = and_(*(table.c[name] == bindparam(f"old_{name}") for name in known))
    return Written(update(table).where(same), keys, dialect, {})


def _processor(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    made: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return made


def _default(default: Any) -> Any:
    """What a column holds that nobody names. A list or a context is turned into text for each row: nothing is shared."""
    return default.arg if default.is_scalar else default.arg(None)
