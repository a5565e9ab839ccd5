"""What an act would do, found out by doing it on a copy that is thrown away: before anybody confirms it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from .. import deadlines, runtime, spiff
from ..models import ProcessInstance
from ..waits import TimerWait, TroubleWait, UserTaskWait, Wait


@dataclass(frozen=True)
class Foreseen:
    """How the case would stand afterwards."""

    withdrawn: Sequence[Wait]  # what is waited for now and would not be
    begins: Sequence[Wait]  # what would be waited for and is not now
    ends: bool  # nothing would be left: the case would be closed

    @property
    def tasks(self) -> list[UserTaskWait]:
        """Tasks that would be taken back from people."""
        return [wait for wait in self.withdrawn if isinstance(wait, UserTaskWait)]

    @property
    def deadlines(self) -> list[str]:
        """Names of deadlines that would be cancelled."""
        return [str(wait.properties[deadlines.NAME]) for wait in self._timers if deadlines.NAME in wait.properties]

    @property
    def timers(self) -> list[str]:
        """Names of other timers that would be cancelled."""
        return [wait.name for wait in self._timers if deadlines.NAME not in wait.properties]

    @property
    def problems(self) -> list[TroubleWait]:
        """Steps that would stop as problems."""
        return [wait for wait in self.begins if isinstance(wait, TroubleWait)]

    @property
    def steps(self) -> list[Wait]:
        """What would be waited for next, without what is only armed beside it."""
        return [wait for wait in self.begins if not isinstance(wait, TroubleWait) and not _is_beside(wait)]

    @property
    def _timers(self) -> list[TimerWait]:
        return [wait for wait in self.withdrawn if isinstance(wait, TimerWait)]


def _is_beside(wait: Wait) -> bool:
    """Whether it is a timer on a border, for which nothing stands still."""
    return isinstance(wait, TimerWait) and bool(wait.host_element_id)


def foresee(session: Session, instance: ProcessInstance, act: Callable[[spiff.Running], None]) -> Foreseen:
    """What this act would do to the case as it stands. Raises what the act raises."""
    running = runtime.looking(session, instance)
    before = dict(running.waits)
    act(running)
    after = running.waits
    return Foreseen(
        [wait for token, wait in before.items() if type(after.get(token)) is not type(wait)],
        [wait for token, wait in after.items() if type(before.get(token)) is not type(wait)],
        running.completed,
    )
