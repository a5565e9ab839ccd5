"""The history of a case in words, newest first. Never what somebody answered in a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from engine import insight, links
from engine.access import Sight
from engine.models import HistoryEvent, Right
from engine.procedures import Deployed
from engine.spiff import Definitions
from web.dates import day_of, say_date, say_moment

ABOUT_DOCUMENTS = frozenset({
    "document_written", "document_replaced", "document_reclassified", "document_withdrawn", "document_reinstated", "readers_named",
    "reader_ended",
})  # fmt: skip
LINKED = "case_linked"
MACHINE_WORK = frozenset({"serviceTask", "sendTask", "callActivity"})


@dataclass(frozen=True)
class Entry:
    """One thing that happened."""

    at: datetime
    text: str
    tone: str = ""  # stage, good, late, quiet
    times: int = 1  # how often the same happened in one minute
    document: tuple[str, str] | None = None  # the id and the name of one that may be opened

    @property
    def time(self) -> str:
        """ "2:15pm"."""
        return say_moment(self.at).rpartition(" ")[2]


@dataclass(frozen=True)
class Event:
    """A history event with the names its sentence needs."""

    row: HistoryEvent
    who: str  # "Leila Ahmed", or "Casework"
    name: str  # of the element, with its subject
    kind: str  # of the element
    event: str  # of an event: "timer"
    names: Mapping[UUID, str]

    def detail(self, key: str) -> Any:
        """A detail of the event, or an empty text."""
        return self.row.detail.get(key, "")


def entries(
    events: Iterable[HistoryEvent], names: Mapping[UUID, str], definitions: Definitions, openable: Mapping[str, str], *,
    every_step: bool = False,
) -> list[Entry]:  # fmt: skip
    """The events as sentences, newest first; with `every_step` also what the machine passed on its way.

    openable: the names of documents that whoever reads this may open, by their ids.
    """
    told = (_entry(_event(row, names, definitions), every_step, openable) for row in events)
    alike = groupby((one for one in told if one), key=lambda one: (one.text, one.document, one.at.replace(second=0, microsecond=0)))
    some = [list(group) for _, group in alike]
    return [replace(group[-1], times=len(group)) for group in some][::-1]


def seen(events: Iterable[HistoryEvent], sight: Sight, deployed: Deployed) -> list[HistoryEvent]:
    """The events that this person may know of.

    Not those about a task, or somebody, that is kept from them, nor who began the case, nor that there is another one they may not open.
    """
    told = [event for event in events if not _is_kept(event, sight, deployed)]
    if any(event.what == LINKED for event in told) and not links.of_case(sight.session, sight.actor, sight.instance):
        told = [event for event in told if event.what != LINKED]
    return told if insight.knows_starter(sight, deployed) else [event for event in told if event.what != "case_started"]


def _is_kept(event: HistoryEvent, sight: Sight, deployed: Deployed) -> bool:
    element = deployed.element(event.process_key, event.element_id)
    if element is None or (element.kind != "userTask" and not event.detail.get("subject")):
        return False
    classification = deployed.classification_of(event.process_key, event.element_id)
    return sight.of(classification, by=event.actor_id, task_id=event.token) is Right.NONE


def by_day(told: Iterable[Entry]) -> list[tuple[date, list[Entry]]]:
    """Entries grouped by the civil day on which they happened."""
    return [(day, list(some)) for day, some in groupby(told, key=lambda entry: day_of(entry.at))]


def people_of(events: Iterable[HistoryEvent]) -> set[UUID]:
    """Everybody whose name the sentences need."""
    found = {row.actor_id for row in events if row.actor_id}
    found |= {UUID(row.detail["for"]) for row in events if row.detail.get("for")}
    return found | {UUID(row.detail["person"]) for row in events if row.what == "task_assigned"}


def documents_of(events: Iterable[HistoryEvent]) -> set[str]:
    """The ids of all documents that the events are about."""
    return {_document_of(row) for row in events} - {""}


def _document_of(row: HistoryEvent) -> str:
    """A written document is told by its name, and by its id beside that."""
    return str(row.detail.get("file") or row.detail.get("document") or "") if row.what in ABOUT_DOCUMENTS else ""


def _event(row: HistoryEvent, names: Mapping[UUID, str], definitions: Definitions) -> Event:
    process = definitions.processes.get(row.process_key)
    element = process.elements.get(row.element_id) if process else None
    name = row.detail.get("name") or (element.name if element else "") or row.element_id
    if " " not in name:  # a mark: of what is drawn without a name, or of a message
        name = name.replace("_", " ")
    subject = row.detail.get("subject")
    who = names.get(row.actor_id, "Somebody") if row.actor_id else "Casework"
    if whose := row.detail.get("for"):
        who += f", for {names.get(UUID(whose), 'a colleague')},"
    return Event(
        row,
        who,
        f"“{name}”" + (f" ({subject})" if subject else ""),
        element.kind if element else "",
        element.event if element else "",
        names,
    )


def _entry(event: Event, every_step: bool, openable: Mapping[str, str]) -> Entry | None:
    tone, say = SENTENCES.get(event.row.what, ("quiet", None)) if _matters(event) else STEPS.get(event.row.what, ("quiet", None))
    if say is None or (not every_step and not _matters(event)):
        return None
    document = _document_of(event.row)
    return Entry(event.row.at, say(event), tone, document=(document, openable[document]) if document in openable else None)


def _matters(event: Event) -> bool:
    """True for what people want to read; the other steps are for those who look closer."""
    if event.row.what == "completed":
        return event.kind in MACHINE_WORK
    if event.row.what == "cancelled":
        return event.kind == "userTask"
    if event.row.what == "fired":
        return event.event != "timer"
    return event.row.what in SENTENCES


def _started(event: Event) -> str:
    if event.row.element_id:
        return f"The case began by itself: {event.name}"
    return f"{event.who} started the case" if event.row.actor_id else "The case was started from the public page"


def _assigned(event: Event) -> str:
    return f"{event.who} gave {event.name} to {event.names.get(UUID(event.detail('person')), 'a colleague')}"


def _fired(event: Event) -> str:
    undone = event.detail("undone")
    return f"What “{undone}” did is being undone" if undone else f"{event.name} happened"


def _written(event: Event) -> str:
    version = event.detail("version")
    return f"Casework wrote the document “{event.detail('document')}”" + (f", version {version}" if version > 1 else "")


def _decided(event: Event) -> str:
    asked = [f"“{table['decision']}”, {_rules(table['rules'])}" for table in event.detail("rules") or []]
    return f"Casework asked the decision table {'; then '.join(asked)}" if asked else f"Casework worked out {event.name}"


def _rules(numbers: Sequence[int]) -> str:
    """ "rule 3 applied", "rules 1, 2 and 4 applied", "no rule applied"."""
    texts = [str(number) for number in numbers]
    if len(texts) < 2:
        return f"rule {texts[0]} applied" if texts else "no rule applied"
    return f"rules {', '.join(texts[:-1])} and {texts[-1]} applied"


def _deadline(words: str) -> Callable[[Event], str]:
    return lambda event: f"{words}: {event.name}, due {say_date(event.detail('due_on'))}"


def _why(event: Event) -> str:
    return f". Why: {event.detail('reason')}"


def _retried(event: Event) -> str:
    changed = event.detail("changed")
    first = f" with other values of {', '.join(f'“{name}”' for name in changed)}" if changed else ""
    return f"{event.who} had {event.name} tried again{first}{_why(event) if event.detail('reason') else ''}"


def _moved(event: Event) -> str:
    return f"{event.who} moved the case from {event.name} to “{event.detail('to_name')}”{_why(event)}"


def _rescheduled(event: Event) -> str:
    """A deadline has a day, another timer a moment."""
    after = event.detail("after")
    return f"{event.who} rescheduled {event.name} to {say_moment(after) if 'T' in after else say_date(after)}{_why(event)}"


Sentence = tuple[str, Callable[[Event], str]]

SENTENCES: dict[str, Sentence] = {
    "case_started": ("stage", _started),
    "milestone": ("stage", lambda e: f"The case reached the stage {e.name}"),
    "ended": ("stage", lambda e: "The case was closed"),
    "task_completed": ("good", lambda e: f"{e.who} completed {e.name}"),
    "task_claimed": ("", lambda e: f"{e.who} took on {e.name}"),
    "task_released": ("", lambda e: f"{e.who} gave {e.name} back"),
    "task_assigned": ("", _assigned),
    "completed": ("", lambda e: f"{e.name} was finished" if e.kind == "callActivity" else f"Casework did {e.name}"),
    "cancelled": ("", lambda e: f"{e.name} was no longer needed and was taken back"),
    "fired": ("", _fired),
    "deadline_met": ("good", _deadline("Deadline met")),
    "deadline_missed": ("late", _deadline("Deadline missed")),
    "deadline_withdrawn": ("", _deadline("Deadline no longer needed")),
    "failed": ("late", lambda e: f"The case could not go on at {e.name}; an administrator was told"),
    "job_failed": ("late", lambda e: f"{e.name} did not work; an administrator was told"),
    "deadline_terminated": ("", _deadline("Deadline ended with the case")),
    "incident_retried": ("", _retried),
    "incident_skipped": ("", lambda e: f"{e.who} let the case go on without {e.name}{_why(e)}"),
    "incident_withdrawn": ("", lambda e: f"{e.who} withdrew {e.name}{_why(e)}"),
    "letter_retried": ("", lambda e: f"{e.who} had the letter “{e.detail('template')}” sent again{_why(e)}"),
    "message_retried": ("", lambda e: f"{e.who} had the message “{e.detail('message')}” sent again{_why(e)}"),
    "message_withdrawn": ("", lambda e: f"{e.who} withdrew the message “{e.detail('message')}”{_why(e)}"),
    "document_written": ("", _written),
    "document_replaced": ("", lambda e: f"{e.who} put the right file in the place of a wrong one{_why(e)}"),
    "document_reclassified": ("", lambda e: f"{e.who} changed who may read a document{_why(e)}"),
    "readers_named": ("", lambda e: f"{e.who} named {e.detail('count')} reader{'s' if e.detail('count') != 1 else ''} of a document"),
    "reader_ended": ("", lambda e: f"{e.who} took a reader off the list of a document{_why(e)}"),
    "document_withdrawn": ("", lambda e: f"{e.who} withdrew a document{_why(e)}"),
    "document_reinstated": ("", lambda e: f"{e.who} gave a withdrawn document out again{_why(e)}"),
    "role_granted": ("", lambda e: "Somebody was given a role in this case"),
    "role_ended": ("", lambda e: "Somebody’s role in this case ended"),
    "register_entered": ("", lambda e: f"The register “{e.detail('register')}” was brought up to date"),
    LINKED: ("", lambda e: "The case was linked to another one"),
    "token_moved": ("", _moved),
    "timer_rescheduled": ("", _rescheduled),
    "case_suspended": ("stage", lambda e: f"{e.who} put the case on hold{_why(e)}"),
    "case_resumed": ("stage", lambda e: f"{e.who} let the case go on{_why(e)}"),
    "case_terminated": ("stage", lambda e: f"{e.who} terminated the case{_why(e)}"),
}

STEPS: dict[str, Sentence] = {
    "entered": ("quiet", lambda e: f"{e.name} was reached"),
    "fired": ("quiet", lambda e: f"It was time for {e.name}"),
    "decided": ("quiet", _decided),
    "completed": ("quiet", lambda e: f"{e.name} was passed"),
    "cancelled": ("quiet", lambda e: f"{e.name} was taken back"),
    "skipped": ("quiet", lambda e: f"{e.name} was skipped"),
    "message_received": ("quiet", lambda e: f"The message {e.name} arrived"),
    "signal_received": ("quiet", lambda e: f"The signal {e.name} arrived"),
}
