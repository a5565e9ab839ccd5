"""Documents: the files people attach to a form, and those that a case writes; all later found in the case."""

from .store import (
    MAX_BYTES,
    MAX_FILES,
    SCANNERS,
    Scanner,
    attach,
    get_for,
    in_case,
    of_draft,
    of_instance,
    seen_in,
    settle,
    take_away,
    value_of,
)
from .written import Place, keep_written, next_place, written_as

__all__ = [
    "MAX_BYTES", "MAX_FILES", "SCANNERS", "Place", "Scanner", "attach", "get_for", "in_case", "keep_written", "next_place", "of_draft",
    "of_instance", "seen_in", "settle", "take_away", "value_of", "written_as",
]  # fmt: skip
