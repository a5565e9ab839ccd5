"""The history of a case in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from engine import clock, database, jobs, spiff, tasks
from engine.models import HistoryEvent
from tests.diagrams import call, catch, diagram, end, event, job, message, process, start, timer, user_task
from tests.visitors import Visitor
from tests.web.errands import Errands
from web.cases import timeline

SignIn = Callable[..., Visitor]
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
LEILA, MORAG = uuid4(), uuid4()
NAMES = {LEILA: "Leila Khan", MORAG: "Morag Bell"}
OPENABLE = {"d1": "Minute.pdf"}
DRAWN = diagram(
    message("m", "Reply", "=1"),
    process(
        start() + user_task("ask", name="Ask them") + catch("reply", event("message", "m")) + catch("spring", timer("timeDuration", "P1D"))
        + job("tell") + call("dig", "bed") + end(),
        "start ask; ask reply; reply spring; spring tell; tell dig; dig end",
    ),
    process(start("in") + end("out"), "in out", "bed"),
)  # fmt: skip


def entries(*rows: HistoryEvent, every_step: bool = False) -> list[timeline.Entry]:
    definitions, problems = spiff.compile_procedure({"p.bpmn": DRAWN})
    assert problems == []
    return timeline.entries(rows, NAMES, definitions, OPENABLE, every_step=every_step)


def happening(what: str, element: str = "", *, by: object = None, minutes: int = 0, **detail: object) -> HistoryEvent:
    return HistoryEvent(
        what=what, at=NOON + timedelta(minutes=minutes), actor_id=by, process_key="p" if element else "", element_id=element, detail=detail
    )


def decided(*rules: int) -> HistoryEvent:
    return happening("decided", rules=[{"decision": "Size", "rules": list(rules)}])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (happening("case_started", by=LEILA), "Leila Khan started the case"),
        (happening("case_started"), "The case was started from the public page"),
        (happening("case_started", "start", name="Every Monday"), "The case began by itself: “Every Monday”"),
        (happening("milestone", name="Decided"), "The case reached the stage “Decided”"),
        (happening("ended"), "The case was closed"),
        (happening("fired", "reply", undone="Ask them"), "What “Ask them” did is being undone"),
        (happening("document_written", "tell", document="Minute", version=1), "Casework wrote the document “Minute”"),
        (happening("document_written", "tell", document="Minute", version=2), "Casework wrote the document “Minute”, version 2"),
        (happening("task_completed", "ask", by=LEILA, name="Ask them"), "Leila Khan completed “Ask them”"),
        (happening("task_completed", "ask", by=uuid4(), name="Ask them", subject="Police"), "Somebody completed “Ask them” (Police)"),
        (happening("task_claimed", "ask", by=LEILA), "Leila Khan took on “Ask them”"),
        (happening("task_released", "ask", by=LEILA), "Leila Khan gave “Ask them” back"),
        (happening("task_assigned", "ask", by=LEILA, person=str(MORAG)), "Leila Khan gave “Ask them” to Morag Bell"),
        (happening("cancelled", "ask"), "“Ask them” was no longer needed and was taken back"),
        (happening("completed", "tell", name="Tell them"), "Casework did “Tell them”"),
        (happening("completed", "dig", name="Dig"), "“Dig” was finished"),
        (happening("fired", "reply", name="Reply"), "“Reply” happened"),
        (happening("deadline_met", name="Answer", due_on="2026-04-14"), "Deadline met: “Answer”, due 14 April 2026"),
        (happening("deadline_missed", name="Answer", due_on="2026-04-14"), "Deadline missed: “Answer”, due 14 April 2026"),
        (happening("deadline_withdrawn", name="Answer", due_on="2026-04-14"), "Deadline no longer needed: “Answer”, due 14 April 2026"),
        (happening("failed", "tell", name="Tell"), "The case could not go on at “Tell”; an administrator was told"),
        (happening("job_failed", "tell", name="Tell"), "“Tell” did not work; an administrator was told"),
        (happening("incident_retried", "tell", by=LEILA, name="Tell"), "Leila Khan had “Tell” tried again"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_matters_is_a_sentence(row: HistoryEvent, said: str) -> None:
    assert [entry.text for entry in entries(row)] == [said]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (happening("entered", "ask"), "“Ask them” was reached"),
        (happening("completed", "ask"), "“Ask them” was passed"),
        (happening("completed", "is_it_wet", name="is_it_wet"), "“is it wet” was passed"),
        (happening("cancelled", "spring", name="Spring"), "“Spring” was taken back"),
        (happening("fired", "spring", name="Spring"), "It was time for “Spring”"),
        (decided(1, 3, 4), "Casework asked the decision table “Size”, rules 1, 3 and 4 applied"),
        (decided(2), "Casework asked the decision table “Size”, rule 2 applied"),
        (decided(), "Casework asked the decision table “Size”, no rule applied"),
        (happening("message_received", name="Reply"), "The message “Reply” arrived"),
        (happening("message_received", name="all_told"), "The message “all told” arrived"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_the_machine_passes_is_told_only_on_asking(row: HistoryEvent, said: str) -> None:
    assert entries(row) == []
    assert [entry.text for entry in entries(row, every_step=True)] == [said]


def test_what_nobody_has_words_for_is_left_out() -> None:
    assert entries(happening("something_new"), every_step=True) == []


def test_the_same_again_within_a_minute_is_told_once() -> None:
    done = [happening("completed", "tell", name="Tell") for _ in range(3)]

    told = entries(happening("case_started"), *done, happening("completed", "tell", name="Tell", minutes=2))

    assert [(entry.text, entry.times) for entry in told] == [
        ("Casework did “Tell”", 1),
        ("Casework did “Tell”", 3),
        ("The case was started from the public page", 1),
    ]


def test_the_page_groups_by_civil_day_the_newest_first(errands: Errands, sign_in: SignIn) -> None:
    with clock.moved_to(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)):  # half past midnight on the second in London
        reference = errands.ask()
    with clock.moved_to(datetime(2026, 7, 3, 10, 15, tzinfo=UTC)), database.transaction(errands.sessions) as db:
        tasks.complete_with(db, errands.leila, errands.task(reference), {})
    jobs.run_due(errands.sessions)

    leila = sign_in(errands.leila).open(f"/cases/{reference}/timeline")

    days = [" ".join(heading.text_content().split()) for heading in leila.page.xpath("//main//h3")]
    assert [day[:11] for day in days] == ["3 July 2026", "2 July 2026"]
    assert "Leila Khan completed “Look into it” 11:15am" in leila.text
    assert "The case was started from the public page 12:30am" in leila.text
    assert "was reached" not in leila.text
    assert "“Look into it” was reached" in leila.open(f"/cases/{reference}/timeline?every-step=1").text
