"""enter-in-register: adds a row to one of the procedure's registers, or changes it."""

from __future__ import annotations

from typing import Any

from .. import procedures, registers
from ..declared_registers import Register
from ..errors import Trouble
from .work import Work

REGISTER = "register"  # the header that names it
ENTRY = "entry"  # the input with the columns
RESULTS: frozenset[str] = frozenset()


def work(work: Work) -> dict[str, Any]:
    """Header: register. Inputs: key (which row), entry (a context with its columns); optionally closed. Twice changes nothing."""
    entry, closed = work.variables.get(ENTRY), work.variables.get("closed")
    if not isinstance(entry, dict):
        raise Trouble("What is entered in a register must be a context, a value for each column. Correct the input “entry”.")
    register = declared(work)
    registers.enter(
        work.session,
        work.instance,
        register,
        work.text("key"),
        entry,
        closed=closed if isinstance(closed, bool) else None,
        actor=work.actor,
    )
    return {}


def declared(work: Work) -> Register:
    """The register that the task names. Raises Trouble where there is none."""
    key = str(work.headers.get(REGISTER) or "")
    register = procedures.of_instance(work.session, work.instance).procedure.registers.get(key)
    if register is None:
        raise Trouble(f"There is no register “{key}” in procedure.toml. Add it, or correct the header “register” of the service task.")
    return register
