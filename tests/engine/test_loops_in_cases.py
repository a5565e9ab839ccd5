"""Loops, several events, complex gateways and ad-hoc sub-processes in deployed cases, with their rows on both databases."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from engine import checks
from engine.database import Sessions, transaction
from engine.models import TaskState, UserTask
from tests.diagrams import boundary, catch, condition, each, element, gateway, looped, sub_process, timer, user_task
from tests.engine.standing import Garden, bundle

SECRETARY = {"form": "do", "candidateGroups": "secretary"}
WEED, DIG, SOW = (user_task(ident, **SECRETARY) for ident in ("weed", "dig", "sow"))


@pytest.fixture
def garden(sessions: Sessions) -> Callable[..., Garden]:
    """Deploys what a test draws: garden(body, arrows)."""
    return lambda *drawn, **more: Garden(sessions, bundle(*drawn, **more))


def open_tasks(plot: Garden, case: UUID) -> list[str]:
    with transaction(plot.sessions, reading=True) as session:
        mine = select(UserTask.element_id).where(UserTask.instance_id == case, UserTask.state == TaskState.OPEN)
        return sorted(session.scalars(mine))


def test_a_task_that_loops_is_one_open_task_at_a_time(garden):
    plot = garden(user_task("weed", loop=looped('=note = "again"'), **SECRETARY), "asked weed; weed end")
    case = plot.start()

    plot.complete("weed", note="again")
    assert open_tasks(plot, case) == ["weed"]
    plot.complete("weed", note="done")
    assert open_tasks(plot, case) == []


def test_each_task_of_an_ad_hoc_sub_process_is_open_until_enough_is_done(garden):
    last = '<bpmn:completionCondition>=note = "enough"</bpmn:completionCondition>'
    plot = garden(sub_process("P", WEED + DIG + SOW + last, "", kind="adHocSubProcess"), "asked P; P end")
    case = plot.start(note="")

    assert open_tasks(plot, case) == ["dig", "sow", "weed"]
    plot.complete("sow", note="")
    assert open_tasks(plot, case) == ["dig", "weed"]
    plot.complete("dig", note="enough")
    assert open_tasks(plot, case) == []


def test_several_timers_of_one_event_are_each_kept_and_the_first_takes_the_others_away(garden):
    both = timer("timeDuration", "P2D") + timer("timeDuration", "P5D")
    body = WEED + boundary("b", "weed", both, interrupting=False) + DIG + catch("x", both + condition('=height = "dry"')) + SOW
    plot = garden(body, "asked x; x weed; weed end; b dig; dig end; asked sow; sow end")
    case = plot.start(height="wet")

    assert open_tasks(plot, case) == ["sow"]
    plot.later(days=2, minutes=1)
    assert open_tasks(plot, case) == ["sow", "weed"]
    plot.later(days=6)
    assert open_tasks(plot, case) == ["dig", "dig", "sow", "weed"]


def test_two_of_three_are_enough_and_the_rest_is_still_done(garden):
    gate = element("complexGateway", "j", "<bpmn:activationCondition>=activationCount = 2</bpmn:activationCondition>")
    body = gateway("f", "parallel") + WEED + DIG + SOW + gate + user_task("eat", **SECRETARY)
    plot = garden(body, "asked f; f weed; f dig; f sow; weed j; dig j; sow j; j eat; eat end")
    case = plot.start()

    plot.complete("weed")
    plot.complete("sow")
    assert open_tasks(plot, case) == ["dig", "eat"]
    plot.complete("eat")
    plot.complete("dig")
    assert plot.sentences(case) == []


def test_what_a_complex_gateway_may_ask_for_is_known_when_it_is_deployed():
    gate = element("complexGateway", "j", "<bpmn:activationCondition>=p_3 + p_4 = activationCount and nope</bpmn:activationCondition>")
    drawn = gateway("f", "parallel") + WEED + DIG + gate

    [problem] = checks.check(bundle(drawn, "asked f; f weed; f dig; weed j; dig j; j end"))

    assert "reads “nope”" in problem.message


def test_once_for_each_in_a_looping_part(garden):
    inner = element("startEvent", "s") + user_task("weed", loop=each("=fields", "field"), **SECRETARY) + element("endEvent", "e")
    plot = garden(sub_process("P", inner, "s weed; weed e", loop=looped("=loopCounter = 1")), "asked P; P end")
    case = plot.start(fields=["north", "south"])

    for left in (1, 2, 1, 0):
        plot.complete("weed")
        assert len(open_tasks(plot, case)) == left
