"""Ids of rows: the file's own, each there once, and numbers for rows without one."""

from __future__ import annotations

from stilted.core.errors import UserError


class Ids:
    """The ids given so far; none is given twice."""

    def __init__(self) -> None:
        self._own: dict[str, str] = {}
        self._numbers: set[str] = set()

    def of(self, own: str, number: int, where: str, hint: str = "Ids are unique.") -> str:
        """Return the id of row *number*, which calls itself *own* ("": nothing) and stands at *where*, a line.

        Raises:
            UserError: another row calls itself so.
        """
        if own in self._own:
            raise UserError(f"the id '{own}' is there twice, first on line {self._own[own]}", where, hint)
        if own:
            self._own[own] = where.rpartition(":")[2]
            return f"{own} (row {number})" if own in self._numbers else own
        given = str(number)
        given = f"{given} (row {number})" if given in self._own else given
        self._numbers.add(given)
        return given
