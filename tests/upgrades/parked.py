"""Cases parked on every kind of wait there is, as they go into the next release's collection."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.diagrams import (
    boundary,
    call,
    catch,
    condition,
    diagram,
    each,
    element,
    end,
    event,
    gateway,
    handler,
    headers,
    job,
    looped,
    mapping,
    message,
    process,
    properties,
    script,
    start,
    sub_process,
    throw,
    timer,
    user_task,
)
from tests.engine.drawn import content, text

DESCRIPTOR = b"""
key = "garden"
name = "Garden"
[start]
process = "user_task"
who = ["warden"]
[reference]
prefix = "G-"
[roles.warden]
name = "Warden"
sees = "cases"
email = "wardens@example.org"
[roles.digger]
name = "Digger"
[registers.beds]
name = "Beds"
summary = "Which bed is dug."
readers = ["warden"]
case = "shown"
columns = [{ key = "name", name = "Name" }]
"""
WORD, EARLY, RAIN = "said", "early", "rain"
ALSO = (
    message(WORD, "word", "=key") + message(EARLY, "early", "=key")
    + '<bpmn:signal id="rain" name="rain"/><bpmn:error id="frost" name="frost" errorCode="frost"/>'
    + '<bpmn:escalation id="pests" name="pests" escalationCode="pests"/>'
)  # fmt: skip
LETTER = '<zeebe:taskDefinition type="send-letter"/>' + headers(template="note") + mapping([("warden", "to")])


@dataclass(frozen=True)
class Parked:
    """A process, and what was done in its case before it was left alone."""

    body: str
    arrows: str
    done: tuple[str, ...] = ()  # elements of user tasks that are completed, in this order
    variables: dict[str, Any] = field(default_factory=dict)
    fresh: bool = False  # begun last, when no worker comes any more
    on_hold: bool = False


def do(ident: str, **more: Any) -> str:
    return user_task(ident, name=ident.replace("_", " ").capitalize(), form="do", candidateGroups="warden", **more)


def waiting_for(ident: str, kind: str, reference: str) -> str:
    return catch(ident, event(kind, reference))


def in_the_flow() -> dict[str, Parked]:
    """Waits of the token itself."""
    return {
        "user_task": Parked(do("dig", assignee="rosa@example.org", dueDate="2026-04-01", followUpDate="2026-03-20"), "dig end"),
        "service_task": Parked(element("sendTask", "tell", "", LETTER), "tell end", fresh=True),
        "letter_written": Parked(element("sendTask", "tell", "", LETTER) + do("go_on"), "tell go_on; go_on end"),
        "timer_duration": Parked(catch("pause", timer("timeDuration", "P3D")), "pause end"),
        "timer_date": Parked(catch("day", timer("timeDate", "=due")), "day end", variables={"due": "2026-03-10"}),
        "message": Parked(waiting_for("hear", "message", WORD), "hear end"),
        "receive_task": Parked(element("receiveTask", "take", messageRef=WORD), "take end"),
        "signal": Parked(waiting_for("look_up", "signal", RAIN), "look_up end"),
        "a_herald": Parked(do("watch") + throw("cry", event("signal", RAIN)), "watch cry; cry end"),
        "event_gateway": Parked(
            gateway("either", "eventBased") + waiting_for("hear", "message", WORD) + catch("pause", timer("timeDuration", "P30D"))
            + end("late"), "either hear; either pause; hear end; pause late",
        ),
        "early_message": Parked(throw("send_early", event("message", EARLY)) + do("go_on"), "send_early go_on; go_on end"),
        "late_listener": Parked(
            do("open_ears") + waiting_for("hear", "message", EARLY), "open_ears hear; hear end", variables={"key": "early_message"}
        ),
        "begins_by_itself": Parked(
            do("dig") + start("new_year", timer("timeCycle", "R/2030-01-01T09:00:00/P1M")), "dig end; new_year dig"
        ),
        "large_variables": Parked(do("dig"), "dig end", variables={"notes": {f"row{n}": "earth " * 20 for n in range(60)}}),
    }  # fmt: skip


def on_a_border() -> dict[str, Parked]:
    """Waits of events attached to an activity, or starting an event sub-process."""
    count = script("count", "=get or else(turns, 0) + 1", "turns") + end("counted")
    after, arrows = do("after") + end("aside"), "dig end; b after; after aside"
    late = start("late", timer("timeDuration", "P4D"), isInterrupting="false") + do("hurry") + end("hurried")
    told = start("told", event("message", WORD)) + do("tidy") + end("tidied")
    inside = start("s") + do("dig")
    return {
        "boundary_timer": Parked(do("dig") + boundary("b", "dig", timer("timeDuration", "P2D")) + after, arrows),
        "boundary_cycle": Parked(
            do("dig") + boundary("b", "dig", timer("timeCycle", "R3/P1D"), interrupting=False) + count, "dig end; b count; count counted"
        ),
        "statutory_period": Parked(
            do("dig") + boundary("b", "dig", timer("timeDuration", "P14D"), properties(deadline="Answer"), interrupting=False) + after,
            arrows,
        ),
        "boundary_message": Parked(do("dig") + boundary("b", "dig", event("message", WORD)) + after, arrows),
        "boundary_message_beside": Parked(do("dig") + boundary("b", "dig", event("message", WORD), interrupting=False) + after, arrows),
        "boundary_signal": Parked(do("dig") + boundary("b", "dig", event("signal", RAIN)) + after, arrows),
        "boundary_condition": Parked(
            gateway("fork", "parallel") + do("b_dig") + boundary("b", "b_dig", condition("=n = 2")) + do("a_raise") + end("raised") + after,
            "fork b_dig; fork a_raise; b_dig end; a_raise raised; b after; after aside", variables={"n": 1},
        ),
        "boundary_error": Parked(
            sub_process("bed", inside + end("frozen", event("error", "frost")), "s dig; dig frozen")
            + boundary("b", "bed", event("error", "frost")) + after, "bed end; b after; after aside",
        ),
        "boundary_escalation": Parked(
            sub_process("bed", inside + end("eaten", event("escalation", "pests")), "s dig; dig eaten")
            + boundary("b", "bed", event("escalation", "pests"), interrupting=False) + after, "bed end; b after; after aside",
        ),
        "cancelled_transaction": Parked(
            sub_process("bed", inside + end("given_up", event("cancel")), "s dig; dig given_up", kind="transaction")
            + boundary("b", "bed", event("cancel")) + after, "bed end; b after; after aside",
        ),
        "event_sub_process_beside": Parked(do("dig") + handler("reminder", late, "late hurry; hurry hurried"), "dig end"),
        "event_sub_process_instead": Parked(do("dig") + handler("order", told, "told tidy; tidy tidied"), "dig end"),
    }  # fmt: skip


def inside_and_between() -> dict[str, Parked]:
    """Waits in scopes of their own, at joins, and for an administrator."""
    inside = start("s") + do("dig")
    both = do("a_dig") + do("b_water")
    forked = "fork a_dig; fork b_water; a_dig meet; b_water meet; meet end"
    beds = {"beds": ["north", "south", "west"]}
    asked = gateway("ask") + end("no"), "ask end | =n = 2; ask no | =n = 3"
    return {
        "each_in_turn": Parked(do("dig", loop=each("=beds", "bed", "dug", "=bed", one_by_one=True)), "dig end", ("dig",), beds),
        "each_at_once": Parked(do("dig", loop=each("=beds", "bed", "dug", "=bed")), "dig end", ("dig",), beds),
        "sub_process": Parked(
            sub_process("bed", inside + end("e"), "s dig; dig e", mapping([("=key", "mine")], [("=mine", "whose")])), "bed end"
        ),
        "call_activity": Parked(call("visit", "called"), "visit end"),
        "called": Parked(do("dig"), "dig end"),
        "parallel_join": Parked(gateway("fork", "parallel") + gateway("meet", "parallel") + both, forked, ("a_dig",)),
        "inclusive_join": Parked(
            gateway("fork", "inclusive") + gateway("meet", "inclusive") + both,
            forked.replace("fork a_dig", "fork a_dig | =true").replace("fork b_water", "fork b_water | =true"), ("a_dig",),
        ),
        "loop": Parked(
            gateway("again") + do("dig") + gateway("enough"),
            "again dig; dig enough; enough again | =get or else(more, false); enough end | default", ("dig",), {"more": True},
        ),
        "failed_step": Parked(
            gateway("fork", "parallel") + do("decide") + end("decided") + asked[0], f"fork decide; decide decided; fork ask; {asked[1]}",
        ),
        "failed_job": Parked(
            job("tell", "send-letter", headers(template="note") + mapping([("digger", "to")]), retries="1"), "tell end",
        ),
    }  # fmt: skip


UNDO = event("compensate")


def _enough(ident: str, activation: str) -> str:
    return element("complexGateway", ident, f"<bpmn:activationCondition>{activation}</bpmn:activationCondition>")


def undone_and_repeated() -> dict[str, Parked]:
    """What is to be put right again, and what has no fixed order or number."""
    put_back = do("put_back").replace("<bpmn:userTask ", '<bpmn:userTask isForCompensation="true" ', 1)
    undoable = do("dig") + boundary("b", "dig", UNDO) + put_back + element("association", "a", sourceRef="b", targetRef="put_back")
    body, arrows = undoable + do("look") + throw("put_right", UNDO), "dig look; look put_right; put_right end"
    three = gateway("fork", "parallel") + do("a_dig") + do("b_water") + do("c_rake") + _enough("meet", "=activationCount &gt;= 2")
    forked = "fork a_dig; fork b_water; fork c_rake; a_dig meet; b_water meet; c_rake meet; meet end"
    either = event("message", WORD) + timer("timeDuration", "P30D")
    return {
        "compensation_to_come": Parked(body, arrows, ("dig",)),
        "compensation_begun": Parked(body, arrows, ("dig", "look")),
        "standard_loop": Parked(do("dig", loop=looped("=get or else(n, 0) < 2")), "dig end", ("dig",)),
        "ad_hoc": Parked(sub_process("bed", do("a_dig") + do("b_water"), "", kind="adHocSubProcess"), "bed end", ("a_dig",)),
        "complex_gateway": Parked(three, forked, ("a_dig",)),
        "complex_gateway_started": Parked(three, forked, ("a_dig", "b_water")),
        "any_of_several": Parked(catch("hear", either), "hear end"),
        "all_of_several": Parked(catch("hear", either, parallelMultiple="true"), "hear end"),
        "on_hold": Parked(do("dig") + boundary("b", "dig", timer("timeDuration", "P2D")) + end("late"), "dig end; b late", on_hold=True),
        "registered": Parked(
            job("note_down", "enter-in-register", headers(register="beds") + mapping([("key", "key"), ("={name: key}", "entry")]))
            + do("dig"), "note_down dig; dig end",
        ),
    }  # fmt: skip


def all_parked() -> dict[str, Parked]:
    """Every parked case, by its process."""
    return in_the_flow() | on_a_border() | inside_and_between() | undone_and_repeated()


def bundle() -> dict[str, bytes]:
    """The files of the procedure they are cases of."""
    return {
        **{f"{key}.bpmn": _drawn(key, parked) for key, parked in all_parked().items()},
        "ask.form": content(*map(text, ("key", "warden", "due", "beds", "more", "n", "notes")), id="ask"),
        "do.form": content(text("note"), id="do"),
        "letters/note.md": b"---\nsubject: News from {{ reference }}\n---\nThere is news.\n",
        "procedure.toml": DESCRIPTOR,
    }


def _drawn(key: str, parked: Parked) -> bytes:
    first = parked.body.partition('id="')[2].partition('"')[0]  # the start leads to the element that is drawn first
    begin = start(extensions='<zeebe:formDefinition formId="ask"/>')
    return diagram(
        ALSO, process(begin + parked.body + end(), f"start {first}; {parked.arrows}", key, name=key.replace("_", " ").capitalize())
    )
