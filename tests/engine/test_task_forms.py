"""What the form of a task may read: what its token sees, and what the case itself has learned meanwhile."""

from __future__ import annotations

from engine import clock, forms, tasks
from engine.database import Sessions, transaction
from tests.diagrams import call, diagram, gateway, process, start, user_task
from tests.engine.drawn import content
from tests.engine.standing import Garden, bundle

SHUT = process(start("s") + user_task("dig", form="look", candidateGroups="secretary", name="Dig"), "s dig", "bed")
FILES = bundle(
    gateway("both", "parallel") + call("field", "bed", propagateAllParentVariables="false")
    + user_task("measure", form="do", candidateGroups="secretary", name="Measure"),
    "asked both; both field; both measure; field end; measure end", diagram(SHUT),
) | {"look.form": content({"type": "text", "label": "text", "text": "The hedge is {{case.height}} high."}, id="look")}  # fmt: skip


def said(garden: Garden, element_id: str) -> str:
    """What the form of this task says to Rosa now."""
    with clock.moved_to(garden.now), transaction(garden.sessions) as session:
        [task] = [task for task in tasks.inbox(session, garden.rosa) if task.element_id == element_id]
        opened = tasks.open_form(session, garden.rosa, task.id)
        assert opened.form is not None
        assert "height" not in opened.variables
        return forms.fill(opened.form, opened.variables).blocks[0].text


def test_a_form_reads_what_the_case_knows_now_and_not_only_what_its_process_was_given(sessions: Sessions) -> None:
    # given a called process that was told nothing
    garden = Garden(sessions, FILES)
    garden.start(height=1)
    assert said(garden, "dig") == "The hedge is 1 high."

    # when the case learns something after the call
    garden.complete("measure", height=2)

    # then the form reads it
    assert said(garden, "dig") == "The hedge is 2 high."
