"""Workers: what the machine does for a service task. One module for each job type; here is the list of them.

A worker gets one `Work` and returns the variables that the diagram's output mappings may read. It may run twice for the
same job, so what it does carries the job's key. What it cannot do it says with Trouble: the job is tried again, and then
an administrator sees the sentence. What trying again would not change it says with BpmnError, which the diagram may catch.
"""

from . import assign_reference, end_role, explain_deadline, grant_role, make_document, send_letter, send_message
from .work import BpmnError, Work, Worker

WORKERS: dict[str, Worker] = {
    "send-letter": send_letter.work,
    "send-message": send_message.work,
    "assign-reference": assign_reference.work,
    "explain-deadline": explain_deadline.work,
    "grant-role": grant_role.work,
    "end-role": end_role.work,
    make_document.TYPE: make_document.work,
}

# The variables that each worker's result brings.
RESULTS: dict[str, frozenset[str]] = {
    "send-letter": send_letter.RESULTS,
    "send-message": send_message.RESULTS,
    "assign-reference": assign_reference.RESULTS,
    "explain-deadline": explain_deadline.RESULTS,
    "grant-role": grant_role.RESULTS,
    "end-role": end_role.RESULTS,
    make_document.TYPE: make_document.RESULTS,
}

TEMPLATE = send_letter.TEMPLATE  # the header that names a letter, or a document where the worker writes documents
WRITES_DOCUMENTS = make_document.TYPE


def known(job_type: str) -> bool:
    """True if there is a worker for service tasks of this type."""
    return job_type in WORKERS


__all__ = ["RESULTS", "TEMPLATE", "WORKERS", "WRITES_DOCUMENTS", "BpmnError", "Work", "Worker", "known"]
