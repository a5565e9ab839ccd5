"""Whether a PDF would run something when somebody opens it or clicks in it: a script, or a program of the computer."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pypdf

PLAINLY = re.compile(rb"/S\s*/(?:JavaScript|Launch)\b")
RUNS = frozenset({"/JavaScript", "/Launch"})
MAX_PAGES = 2000


def runs_something(content: bytes) -> bool:
    """True if the PDF has such an action. One that cannot be read has none that would work."""
    return PLAINLY.search(content) is not None or _hidden_in(content)


def _hidden_in(content: bytes) -> bool:
    """Looks where actions stand, also in parts that are packed."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        root: Any = reader.trailer["/Root"]
        names: Any = root.get("/Names") or {}
        return "/JavaScript" in names or any(_runs(action) for holder in _holders(reader, root) for action in _actions(holder))
    except Exception:  # noqa: BLE001 - damaged or locked: whatever is wrong with somebody's file, it is no failure
        return False


def _holders(reader: pypdf.PdfReader, root: Any) -> Iterator[Any]:
    """Everything that may have actions: the document, its pages, and what stands on them."""
    yield root
    for page in reader.pages[:MAX_PAGES]:
        yield page
        notes: Any = page.get("/Annots") or []
        yield from (note.get_object() for note in notes)


def _actions(holder: Any) -> Iterator[Any]:
    yield from (holder[key] for key in ("/OpenAction", "/A") if key in holder)
    more: Any = holder.get("/AA") or {}
    yield from more.get_object().values() if more else ()


def _runs(action: Any) -> bool:
    told: Any = action.get_object() if hasattr(action, "get_object") else action
    return isinstance(told, dict) and told.get("/S") in RUNS
