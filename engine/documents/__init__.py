"""Documents: the files people attach to a form, and later find in the case."""

from .store import MAX_BYTES, MAX_FILES, SCANNERS, Scanner, attach, get_for, of_draft, of_instance, settle, take_away, value_of

__all__ = [
    "MAX_BYTES", "MAX_FILES", "SCANNERS", "Scanner", "attach", "get_for", "of_draft", "of_instance", "settle", "take_away", "value_of",
]  # fmt: skip
