"""Tables to take away as CSV, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from engine import clock

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what a cell begins with that is worked out; also the wide signs


def download(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """A file called after its name and the day."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow([unspoken(column) for column in columns])
    table.writerows([unspoken(cell) for cell in row] for row in rows)
    # With a byte order mark, because spreadsheets take the file for something else than UTF-8 without.
    answer = Response(out.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{clock.today().isoformat()}.csv"'
    return answer


def unspoken(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULAS) else cell
