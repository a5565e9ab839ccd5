"""Workers: what the machine does for a service task. One module for each job type; here is the list of them.

A worker gets one `Work` and returns the variables that the diagram's output mappings may read. It may run twice for the
same job, so what it does carries the job's key. What it cannot do it says with Trouble: the job is tried again, and then
an administrator sees the sentence. What trying again would not change it says with BpmnError, which the diagram may catch.
"""

from . import (
    assign_reference,
    end_role,
    enter_in_register,
    explain_deadline,
    grant_role,
    link_case,
    read_register,
    send_letter,
    send_message,
)
from .work import BpmnError, Work, Worker

WORKERS: dict[str, Worker] = {
    "send-letter": send_letter.work,
    "send-message": send_message.work,
    "assign-reference": assign_reference.work,
    "explain-deadline": explain_deadline.work,
    "grant-role": grant_role.work,
    "end-role": end_role.work,
    "enter-in-register": enter_in_register.work,
    "read-register": read_register.work,
    "link-case": link_case.work,
}

# The variables that each worker's result brings.
RESULTS: dict[str, frozenset[str]] = {
    "send-letter": send_letter.RESULTS,
    "send-message": send_message.RESULTS,
    "assign-reference": assign_reference.RESULTS,
    "explain-deadline": explain_deadline.RESULTS,
    "grant-role": grant_role.RESULTS,
    "end-role": end_role.RESULTS,
    "enter-in-register": enter_in_register.RESULTS,
    "read-register": read_register.RESULTS,
    "link-case": link_case.RESULTS,
}

TEMPLATE = send_letter.TEMPLATE  # the header that names a letter
REGISTER, ENTRY = enter_in_register.REGISTER, enter_in_register.ENTRY  # the header that names a register; the input with a row's columns


def uses_register(job_type: str) -> bool:
    """True if service tasks of this type name a register."""
    return WORKERS.get(job_type) in (enter_in_register.work, read_register.work)


def known(job_type: str) -> bool:
    """True if there is a worker for service tasks of this type."""
    return job_type in WORKERS


__all__ = ["ENTRY", "REGISTER", "RESULTS", "TEMPLATE", "WORKERS", "BpmnError", "Work", "Worker", "known", "uses_register"]
