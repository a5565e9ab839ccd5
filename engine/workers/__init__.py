"""Workers: what the machine does for a service task. One module for each job type; here is the list of them.

A worker gets one `Work` and returns the variables that the diagram's output mappings may read. It may run twice for the
same job, so what it does carries the job's key. What it cannot do it says with Trouble: the job is tried again, and then
an administrator sees the sentence. What trying again would not change it says with BpmnError, which the diagram may catch.
"""

from collections.abc import Callable, Mapping
from types import ModuleType

from . import (
    assign_reference,
    end_role,
    enter_in_register,
    explain_deadline,
    grant_role,
    link_case,
    make_document,
    name_readers,
    read_register,
    scan_text,
    send_letter,
    send_message,
)
from .work import BpmnError, Work, Worker

WRITES_DOCUMENTS = make_document.TYPE

_MODULES: Mapping[str, ModuleType] = {
    "assign-reference": assign_reference,
    "end-role": end_role,
    "enter-in-register": enter_in_register,
    "explain-deadline": explain_deadline,
    "grant-role": grant_role,
    "link-case": link_case,
    WRITES_DOCUMENTS: make_document,
    "name-readers": name_readers,
    "read-register": read_register,
    scan_text.TYPE: scan_text,
    "send-letter": send_letter,
    "send-message": send_message,
}
WORKERS: dict[str, Worker] = {job_type: module.work for job_type, module in _MODULES.items()}
# What some of them do before the transaction that writes begins, so that nobody waits for it; they write nothing then.
PREPARATIONS: dict[str, Callable[[Work], None]] = {module.TYPE: module.prepare for module in (make_document, scan_text)}
RESULTS: dict[str, frozenset[str]] = {job_type: module.RESULTS for job_type, module in _MODULES.items()}  # the variables that each brings

TEMPLATE = send_letter.TEMPLATE  # the header that names a letter, or a document where the worker writes documents
REGISTER, ENTRY = enter_in_register.REGISTER, enter_in_register.ENTRY  # the header that names a register; the input with a row's columns


def uses_register(job_type: str) -> bool:
    """True if service tasks of this type name a register."""
    return _MODULES.get(job_type) in (enter_in_register, read_register)


def lists_of(headers: Mapping[str, str]) -> list[str]:
    """The files of terms that a service task names."""
    return scan_text.names_in(headers.get(scan_text.LISTS, ""))


def known(job_type: str) -> bool:
    """True if there is a worker for service tasks of this type."""
    return job_type in WORKERS


__all__ = [
    "ENTRY", "PREPARATIONS", "REGISTER", "RESULTS", "TEMPLATE", "WORKERS", "WRITES_DOCUMENTS", "BpmnError", "Work", "Worker", "known",
    "lists_of", "uses_register",
]  # fmt: skip
