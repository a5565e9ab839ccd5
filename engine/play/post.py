"""Messages and signals between the instances of a rehearsal: who awaits one, and which process it starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine import calendars
from engine.spiff import Definitions, ElementFacts
from engine.waits import MESSAGE_LIFE, MessageWait, SignalWait, Thrown, Wait


@dataclass(frozen=True)
class Posted:
    """A message or signal on its way. `sender`: the number of the instance that threw it, if one did."""

    thrown: Thrown
    sender: int | None
    sent_at: datetime

    @property
    def expires_at(self) -> datetime:
        """Until when a message is kept while nobody awaits it."""
        return calendars.add(self.sent_at, self.thrown.life) if self.thrown.life else self.sent_at + MESSAGE_LIFE

    @property
    def is_message(self) -> bool:
        return self.thrown.kind == "message"


def reaches(definitions: Definitions, posted: Posted, wait: Wait) -> bool:
    """Whether somebody waits for this: by the name, of a message by the key as well."""
    thrown = posted.thrown
    if not posted.is_message:
        return isinstance(wait, SignalWait) and wait.signal == thrown.name
    fits = isinstance(wait, MessageWait) and wait.message == thrown.name and wait.correlation_key in (None, thrown.correlation_key)
    return fits and _flows_to(definitions, posted, wait.element_id, wait.process_key)


def started_by(definitions: Definitions, posted: Posted) -> list[tuple[str, ElementFacts]]:
    """The start events, each with its process, that this makes happen."""
    known = (posted.thrown.kind, posted.thrown.name)
    starts = [(process, start) for process, facts in definitions.processes.items() for start in facts.beginnings]
    return [
        (process, start) for process, start in starts
        if (start.event, start.event_name) == known and (not posted.is_message or _flows_to(definitions, posted, start.id, process))
    ]  # fmt: skip


def _flows_to(definitions: Definitions, posted: Posted, element: str, process: str) -> bool:
    """Where message flows lead away from the sender, its message goes where they lead and nowhere else."""
    if posted.sender is None:
        return True
    targets = definitions.collaboration.targets(posted.thrown.element_id, posted.thrown.process_key)
    return not targets or bool(targets & {element, process})
