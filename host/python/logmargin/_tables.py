"""Tables that remember the program's own text."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pandas as pd

# Later versions read numbers exactly in any case.
_version = tuple(int(part) for part in pd.__version__.split(".")[:2])
_exactly: dict[str, Any] = {"float_precision": "round_trip"} if _version < (3, 1) else {}


def parsed(text: str, types: dict[str, type] | None = None) -> pd.DataFrame:
    """Returns the table of a CSV text of the program. Numbers are exact; empty fields are NaN."""
    missing = ["", "nan"]
    table: pd.DataFrame = pd.read_csv(
        io.StringIO(text), keep_default_na=False, na_values=missing, dtype=types, **_exactly
    )
    return table


class Table(pd.DataFrame):
    """A DataFrame whose to_csv gives the bytes of the program's file, as long as it is as it was made."""

    _metadata = ["_text", "_types"]
    _text: str
    _types: dict[str, type]

    @classmethod
    def of(cls, text: str, types: dict[str, type] | None = None) -> Table:
        """Returns the table of a CSV text of the program. types: of columns that are not to be guessed."""
        table = cls(parsed(text, types))
        object.__setattr__(table, "_text", text)
        object.__setattr__(table, "_types", types or {})
        return table

    @property
    def _constructor(self) -> Callable[..., pd.DataFrame]:
        return pd.DataFrame

    def to_csv(self, path_or_buf: Any = None, **options: Any) -> Any:
        """Writes the program's own text, and returns it where no place is given. With options, or where the table has
        been changed, it does what DataFrame.to_csv does."""
        unchanged = pd.DataFrame(self).equals(parsed(self._text, self._types))
        if not unchanged or options not in ({}, {"index": False}):
            return pd.DataFrame(self).to_csv(path_or_buf, **options)
        if path_or_buf is None:
            return self._text
        if hasattr(path_or_buf, "write"):
            path_or_buf.write(self._text)
        else:
            with open(path_or_buf, "w", encoding="utf-8", newline="") as file:
                file.write(self._text)
        return None
