"""The engine against a reference model: random small diagrams, and whatever can happen to them in any order, through bytes at every step.

MODEL_CASES=3000 plays more of them, each time others; what failed is printed with how to play it again.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from uuid import UUID

from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from engine.waits import JobWait, MessageWait, SignalWait, TimerWait, UserTaskWait, Wait
from tests.engine.cases import Case
from tests.engine.token_game.drawing import CODE, Author, Scope, drawn
from tests.engine.token_game.game import PASSED, WORK, Choice, Game

CASES = int(os.environ.get("MODEL_CASES", "0"))
KINDS = {UserTaskWait: "task", JobWait: "job", TimerWait: "timer", MessageWait: "message", SignalWait: "signal"}
MARKS = ("loopCounter", "shot")
FREE = ("v1", "v2", "v3")  # variables that conditions read and any answer may set
COUNTED = {*WORK, *PASSED, "sub"}
PICK = st.integers(0, 63)
Seen = tuple[str, str, tuple[tuple[str, int], ...]]


class TokenGame(RuleBasedStateMachine):
    """A case and the model of it, side by side."""

    scope: Scope
    case: Case
    game: Game

    @initialize(seed=st.integers(0, 2**32), depth=st.integers(1, 4), values=st.tuples(*[st.booleans()] * len(FREE)))
    def begin(self, seed: int, depth: int, values: tuple[bool, ...]) -> None:
        self.scope = Author(random.Random(seed)).scope(depth)
        tasks = {node.id: False for node in self.scope.everything() if node.kind == "task"}
        variables = dict(zip(FREE, values, strict=True)) | tasks
        self.game = Game(self.scope, variables)
        note(drawn(self.scope).decode())
        self.case = Case(drawn(self.scope), variables=dict(variables))

    @precondition(lambda self: self.choices("task", "job"))
    @rule(pick=PICK, answer=st.booleans(), free=st.sampled_from(FREE), value=st.booleans())
    def do_a_task(self, pick: int, answer: bool, free: str, value: bool) -> None:
        choice = self.choose(pick, "task", "job")
        answers = {free: value} | ({choice.element: answer} if choice.kind == "task" else {})
        self.case.complete_token(self.token(choice), dict(answers))
        self.game.complete(choice, answers)

    @precondition(lambda self: self.choices("job", failing=True))
    @rule(pick=PICK)
    def report_an_error(self, pick: int) -> None:
        choice = self.choose(pick, "job", failing=True)
        assert self.case.fail(self.token(choice), CODE)
        self.game.fail(choice)

    @precondition(lambda self: self.choices("timer"))
    @rule(pick=PICK)
    def let_a_timer_fire(self, pick: int) -> None:
        choice = self.choose(pick, "timer")
        self.case.fire(self.token(choice))
        self.game.fire(choice)

    @precondition(lambda self: self.choices("message", "signal"))
    @rule(pick=PICK)
    def send_a_message(self, pick: int) -> None:
        """Or a signal, to one alone: from inside it goes to all."""
        choice = self.choose(pick, "message", "signal")
        token = self.token(choice)
        number = self.game.fire(choice)
        self.case.receive(token, {"shot": number} if choice.run is not None and choice.kind == "message" else {})

    @rule()
    def leave_it_for_a_while(self) -> None:
        """Time passes, and nobody does anything."""
        self.case.wake(self.case.now)

    def choices(self, *kinds: str, failing: bool = False) -> list[Choice]:
        found = self.game.choices() if hasattr(self, "game") else []
        return [choice for choice in found if choice.kind in kinds and (choice.may_fail or not failing)]

    def choose(self, pick: int, *kinds: str, failing: bool = False) -> Choice:
        found = self.choices(*kinds, failing=failing)
        return found[pick % len(found)]

    def token(self, choice: Choice) -> UUID:
        """The engine's token for a choice of the model: one that cannot be told from it."""
        return next(wait.token for wait in self.waits() if self.seen(wait) == (choice.kind, choice.element, choice.marks))

    def waits(self) -> list[Wait]:
        return [wait for wait in self.case.waits if type(wait) in KINDS]

    def seen(self, wait: Wait) -> Seen:
        scope = self.case.scope_of(wait.token)
        return KINDS[type(wait)], wait.element_id, tuple((name, scope[name]) for name in MARKS if name in scope)

    @invariant()
    def both_wait_for_the_same(self) -> None:
        if hasattr(self, "game"):
            assert {element for element, _ in self.case.troubles} == self.game.starved()
            expected = Counter((choice.kind, choice.element, choice.marks) for choice in self.game.choices())
            assert Counter(map(self.seen, self.waits())) == expected
            assert self.case.done == self.game.done

    @invariant()
    def both_have_done_the_same(self) -> None:
        if hasattr(self, "game"):
            counted = {node.id for node in self.scope.everything() if node.kind in COUNTED}
            completed = Counter(h.element_id for h in self.case.happened if h.what == "completed" and h.element_id in counted)
            assert completed == Counter({ident: times for ident, times in self.game.completed.items() if ident in counted})


TestTokenGame = TokenGame.TestCase
TestTokenGame.settings = settings(
    max_examples=CASES or 800,
    stateful_step_count=30,
    derandomize=not CASES,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
