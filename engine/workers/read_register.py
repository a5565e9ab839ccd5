"""read-register: hands the rows of one of the procedure's registers to the diagram."""

from __future__ import annotations

from typing import Any

from .. import registers
from . import enter_in_register
from .work import Work

RESULTS: frozenset[str] = frozenset({"entries"})


def work(work: Work) -> dict[str, Any]:
    """Header: register. Optional input: open_only (true: without those that are over). Output: entries."""
    register = enter_in_register.declared(work)
    open_only = work.variables.get("open_only") is True
    return {"entries": registers.read(work.session, work.instance.procedure_key, register, open_only=open_only)}
