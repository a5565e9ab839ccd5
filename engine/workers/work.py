"""What a worker is given."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from sqlalchemy.orm import Session

from ..errors import Trouble
from ..identity import SYSTEM, Actor
from ..models import ProcessInstance

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Work:
    """One service task to do."""

    session: Session
    instance: ProcessInstance
    variables: MutableMapping[str, Any]  # what the task's token sees, its inputs first
    headers: Mapping[str, Any] = field(default_factory=dict)
    key: str  # the same when the job runs again, and no other job's
    actor: Actor = SYSTEM
    base_url: str = ""  # of the site, for links
    process_key: str = ""  # where the service task is drawn
    element_id: str = ""
    ahead: dict[Hashable, Any] = field(default_factory=dict, repr=False)  # what was worked out already

    def worked_out(self, key: Hashable, make: Callable[[], T]) -> T:
        """What takes long and depends on its key alone: as it was worked out before the transaction that writes began, else made now."""
        if key not in self.ahead:
            self.ahead[key] = make()
        made: T = self.ahead[key]
        return made

    def text(self, name: str) -> str:
        """An input that must be text. Raises Trouble where it is missing or something else."""
        value = self.variables.get(name)
        if not isinstance(value, str) or not value.strip():
            raise Trouble(f"The service task needs the input “{name}” as text, and it is {_said(value)}. Correct its input mapping.")
        return value.strip()


class BpmnError(Trouble):
    """What the diagram may have an answer to: an error event with this code. Where none catches it, an administrator reads the sentence."""

    def __init__(self, code: str, message: str, **variables: Any) -> None:
        super().__init__(message)
        self.code = code
        self.variables = variables  # what the event's output mappings may read


Worker: TypeAlias = Callable[[Work], dict[str, Any]]


def _said(value: Any) -> str:
    """A value's kind, and never the value: it may be about a person."""
    return "empty" if value is None or value == "" else f"a {type(value).__name__}" if not isinstance(value, str) else "blank"
