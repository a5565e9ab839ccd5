"""The run itself: one thing after the other, and when nothing else can move the clock goes on to whatever is due next."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from engine import calendars, spiff
from engine.errors import Trouble
from engine.spiff import Definitions, ElementFacts
from engine.waits import JobWait, MessageWait, SignalWait, TimerWait, TroubleWait, UserTaskWait, Wait

from .answers import Answer, Answers, FromOutside
from .choosing import begins_at_once, first_start
from .post import Posted, reaches, started_by
from .telling import Event, Numbers, event, waiting_start

MOST_MOVES = 10_000  # completions, firings and deliveries; more is a rehearsal that never ends
MOST_TURNS = 10  # of a timer that repeats without end, where no last moment is given
Answered = UserTaskWait | JobWait | MessageWait | SignalWait


@dataclass
class Played:
    """One instance of the rehearsal."""

    number: int
    process: str
    running: spiff.Running


@dataclass(frozen=True)
class StartTimer:
    """A timer start event, which begins an instance each time."""

    process: str
    element: ElementFacts
    firing: calendars.Firing


Due = tuple[Played, Wait] | StartTimer | FromOutside


class Rehearsal:
    """Instances of one set of files, with a clock of their own."""

    def __init__(self, definitions: Definitions, answers: Answers, now: datetime, until: datetime | None, *, complete_jobs: bool) -> None:
        self.definitions, self.answers, self.now, self.until = definitions, answers, now, until
        self.complete_jobs = complete_jobs
        self.played: list[Played] = []
        self.starters: list[StartTimer] = []
        self.to_come = sorted(answers.from_outside, key=lambda coming: coming.at)
        self.on_its_way: deque[Posted] = deque()
        self.kept: list[Posted] = []  # messages that nobody awaits yet
        self.prepared: dict[UUID, tuple[datetime, Answer]] = {}  # by the token that waits: its answer, and when that comes
        self.turns: Counter[tuple[Any, ...]] = Counter()
        self.numbers = Numbers()
        self.moves = 0
        self.broken = ""

    def run(self, processes: Sequence[str], variables: Mapping[str, Any], start_events: Sequence[str] = ()) -> Iterator[Event]:
        before = -1
        try:
            yield from self._begin_all(processes, variables, start_events)
            while before < self.moves < MOST_MOVES:
                before = self.moves
                yield from self._move()
        except Trouble as error:  # what no server could store
            self.broken = str(error)
            yield event(self.now, None, "", "", "failed", "", message=self.broken)
        starts = [start for process in processes for start in self.definitions.processes[process].beginnings]
        yield self._outcome(starts if not self.played else [])

    def _begin_all(self, processes: Sequence[str], variables: Mapping[str, Any], start_events: Sequence[str]) -> Iterator[Event]:
        sent = {(coming.thrown.kind, coming.thrown.name) for coming in self.to_come}
        for process in processes:
            facts = self.definitions.processes[process]
            timers = [element for element in facts.beginnings if element.event == "timer"]
            self.starters += [StartTimer(process, element, first_start(element, self.now)) for element in timers]
            named: list[str | None] = [ident for ident in start_events if ident in facts.starts]
            for where in named or begins_at_once(self.definitions, facts, sent):
                yield from self._begin(process, variables, where)

    def _begin(self, process: str, variables: Mapping[str, Any], start_event: str | None) -> Iterator[Event]:
        running = spiff.start(self.definitions, process, variables, at=self.now, start_event=start_event)
        played = Played(len(self.played) + 1, process, running)
        self.played.append(played)
        facts = self.definitions.processes[process]
        where = facts.begun_at(start_event).id if start_event else ""
        yield event(self.now, played.number, process, where, "started", facts.name, variables=variables)
        yield from self._tell(played)

    # One thing at a time

    def _move(self) -> Iterator[Event]:
        """Deliver what is on its way, else complete what has an answer, else let time pass."""
        if self.on_its_way:
            yield from self._deliver(self.on_its_way.popleft())
            return
        for played in self.played:
            for wait in played.running.waits.values():
                if kept := next((posted for posted in self.kept if reaches(self.definitions, posted, wait)), None):
                    self.kept.remove(kept)
                    yield from self._arrive(kept, played, wait)
                    return
                if (answer := self._answer(wait)) and answer[0] <= self.now:
                    yield from self._step(played, wait, answer[1])
                    return
        yield from self._pass_time()

    def _answer(self, wait: Wait) -> tuple[datetime, Answer] | None:
        """What somebody says to a wait, decided when it is first looked at, and the moment at which it comes."""
        if isinstance(wait, Answered) and wait.token not in self.prepared:
            answer = self.answers.take(wait.element_id, once=isinstance(wait, MessageWait | SignalWait))
            if answer is None and self.complete_jobs and isinstance(wait, JobWait):
                answer = Answer()
            if answer is not None:
                self.prepared[wait.token] = calendars.add(self.now, answer.after or "P0D"), answer
        return self.prepared.get(wait.token)

    def _step(self, played: Played, wait: Wait, answer: Answer) -> Iterator[Event]:
        """Move an instance as the server does: from its stored bytes, at one moment."""
        self.moves += 1
        self.prepared.pop(wait.token, None)
        running = played.running = spiff.load(self.definitions, played.running.dump(), at=self.now)
        if isinstance(wait, TimerWait):
            running.fire(wait.token)
        elif not isinstance(wait, UserTaskWait | JobWait):
            running.receive(wait.token, answer.values)
        elif answer.error:
            running.throw_error(wait.token, answer.error, answer.values)
        else:
            running.complete(wait.token, answer.values)
        yield from self._tell(played)

    def _tell(self, played: Played) -> Iterator[Event]:
        """What just happened, and what was thrown where it was thrown."""
        self.on_its_way += [Posted(thrown, played.number, self.now) for thrown in played.running.thrown]
        thrown = deque(played.running.thrown)
        for number, happening in enumerate(played.running.happened):
            while thrown and thrown[0].after <= number:
                yield self.numbers.sent(played.number, thrown.popleft(), self.now)
            yield self.numbers.happened(played.number, happening, self.now)
        for one in thrown:
            yield self.numbers.sent(played.number, one, self.now)

    # Messages and signals

    def _deliver(self, posted: Posted) -> Iterator[Event]:
        """A message to the first that awaits it, else to a process that it starts, else it is kept; a signal to all others."""
        self.moves += 1
        reached, awaiting = False, self._awaiting(posted)
        complete = {(wait.process_key, wait.element_id) for _, wait in awaiting}
        for played, wait in awaiting:
            # An earlier one of the same instance may have ended this wait.
            if not (posted.is_message and reached) and wait.token in played.running.waits:
                reached = True
                yield from self._arrive(posted, played, wait)
        for process, start in started_by(self.definitions, posted):
            # What an instance awaits that has begun there and needs this too begins no other.
            taken = self.definitions.processes[process].gathers(start.id) and (process, start.id) in complete
            if not taken and not (posted.is_message and reached):
                reached = True
                yield from self._begin(process, posted.thrown.variables, start.entry)
        if posted.is_message and not reached:
            alive = posted.expires_at > self.now
            self.kept += [posted] if alive else []
            yield self._left(posted, "message_kept" if alive else "message_expired")

    def _left(self, posted: Posted, what: str) -> Event:
        """What becomes of a message that nobody awaits."""
        return event(self.now, None, "", "", what, posted.thrown.name, key=posted.thrown.correlation_key)

    def _awaiting(self, posted: Posted) -> list[tuple[Played, Wait]]:
        """Whatever waits for it now, the oldest first. A signal has reached the instance that threw it already."""
        others = [played for played in self.played if posted.is_message or played.number != posted.sender]
        waits = [(played, wait) for played in others for wait in played.running.waits.values()]
        return [(played, wait) for played, wait in waits if reaches(self.definitions, posted, wait)]

    def _arrive(self, posted: Posted, played: Played, wait: Wait) -> Iterator[Event]:
        thrown = posted.thrown
        detail = {"sender": posted.sender, "variables": thrown.variables}
        yield self.numbers.reached(played.number, wait, f"{thrown.kind}_received", thrown.name, self.now, detail)
        yield from self._step(played, wait, Answer(dict(thrown.variables)))

    # Time

    def _pass_time(self) -> Iterator[Event]:
        """Let the clock go on to what is due first."""
        moment, first = min(self._due(), key=lambda one: one[0], default=(self.now, None))
        if first is not None and (self.until is None or moment <= self.until):
            yield from self._expire(moment)
            self.now = max(self.now, moment)
            yield from self._happen(first)

    def _expire(self, moment: datetime) -> Iterator[Event]:
        """Until then, messages that nobody awaits get too old."""
        for posted in sorted((one for one in self.kept if one.expires_at <= moment), key=lambda one: one.expires_at):
            self.kept.remove(posted)
            self.now = max(self.now, posted.expires_at)
            yield self._left(posted, "message_expired")

    def _due(self) -> Iterator[tuple[datetime, Due]]:
        """What happens when its time comes."""
        yield from ((coming.at, coming) for coming in self.to_come[:1])
        for starter in self.starters:
            if not self._is_tired(starter, endless=starter.firing.left < 0):
                yield starter.firing.due, starter
        for played in self.played:
            for wait in played.running.waits.values():
                if wait.token in self.prepared:
                    yield self.prepared[wait.token][0], (played, wait)
                elif isinstance(wait, TimerWait) and not self._is_tired((played, wait), endless=wait.endless):
                    yield wait.due_at, (played, wait)

    def _is_tired(self, due: Due, *, endless: bool) -> bool:
        return endless and self.until is None and self.turns[_turning(due)] >= MOST_TURNS

    def _happen(self, due: Due) -> Iterator[Event]:
        self.turns[_turning(due)] += 1
        if isinstance(due, FromOutside):
            self.moves += 1
            self.to_come.remove(due)
            self.on_its_way.append(Posted(due.thrown, None, self.now))
            yield self.numbers.sent(None, due.thrown, self.now)
        elif isinstance(due, StartTimer):
            self.moves += 1
            self.starters.remove(due)
            if following := calendars.next_firing(due.firing, self.now):
                self.starters.append(StartTimer(due.process, due.element, following))
            yield from self._begin(due.process, {}, due.element.entry)
        else:
            played, wait = due
            yield from self._step(played, wait, self.prepared.get(wait.token, (self.now, Answer()))[1])

    def _outcome(self, starts: Sequence[ElementFacts]) -> Event:
        """The last line. `starts`: what would have begun the first instance."""
        states = [_state(played) for played in self.played]
        worst = next((state for state in ("incident", "waiting") if state in states), "completed" if states else "waiting")
        waits = [(played, wait) for played in self.played for wait in [*played.running.waits.values(), *played.running.joins]]
        return {
            "state": "incident" if self.broken else "stopped" if self.moves >= MOST_MOVES else worst,
            "variables": self.played[0].running.variables if self.played else {},
            "instances": [
                {"instance": played.number, "process": played.process, "state": state, "variables": played.running.variables}
                for played, state in zip(self.played, states, strict=True)
            ],
            "waiting": [waiting_start(start) for start in starts] + [self.numbers.waiting(played.number, wait) for played, wait in waits],
            "unused": self.answers.unused,
        }  # fmt: skip


def _turning(due: Due) -> tuple[Any, ...]:
    """What repeats: the same timer of the same activity."""
    if isinstance(due, tuple):
        played, wait = due
        return played.number, wait.element_id, wait.host_token if isinstance(wait, TimerWait) else None
    return (due.process, due.element.id) if isinstance(due, StartTimer) else ()


def _state(played: Played) -> str:
    if any(isinstance(wait, TroubleWait) for wait in played.running.waits.values()):
        return "incident"
    return "completed" if played.running.completed else "waiting"
