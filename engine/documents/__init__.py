"""Documents: the files people attach to a form, and those that a case writes; all later found in the case."""

from .care import (
    FILE,
    Reading,
    case_of,
    classifications,
    may_change,
    note_reading,
    openable,
    opened,
    readings,
    reclassify,
    reinstate,
    replace,
    seen_versions,
    sees_case_of,
    text_of,
    to_change,
    two_versions,
    withdraw,
)
from .readers import add_reader, content_for, end_reader, name_readers, named_for, readers_of
from .store import (
    MAX_BYTES,
    MAX_FILES,
    SCANNERS,
    Judgement,
    Scanner,
    attach,
    get_for,
    in_case,
    judge,
    newest_of,
    of_draft,
    of_instance,
    seen_in,
    settle,
    take_away,
    value_of,
    versions_of,
)
from .virus_scan import by_command, scan_with
from .written import Place, keep_written, next_place, written_as

__all__ = [
    "FILE", "MAX_BYTES", "MAX_FILES", "SCANNERS", "Judgement", "Place", "Reading", "Scanner", "add_reader", "attach", "by_command",
    "case_of", "classifications", "content_for", "end_reader", "get_for", "in_case", "judge", "keep_written", "may_change",
    "name_readers", "named_for", "newest_of", "next_place", "note_reading", "of_draft", "of_instance", "openable", "opened",
    "readers_of", "readings", "reclassify", "reinstate", "replace", "scan_with", "seen_in", "seen_versions", "sees_case_of", "settle",
    "take_away", "text_of", "to_change", "two_versions", "value_of", "versions_of", "withdraw", "written_as",
]  # fmt: skip
