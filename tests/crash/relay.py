"""The procedure that the killed processes run: people, timers, letters and messages, and cases that hand a baton to one another."""

from __future__ import annotations

from tests.diagrams import (
    boundary,
    catch,
    diagram,
    each,
    element,
    end,
    event,
    gateway,
    headers,
    mapping,
    message,
    process,
    start,
    throw,
    timer,
    user_task,
)
from tests.engine.drawn import content, text

DESCRIPTOR = b"""
key = "relay"
name = "Relay"
[start]
process = "relay"
who = ["runner"]
[reference]
prefix = "R-"
[roles.runner]
name = "Runner"
sees = "cases"
"""
ARROWS = """
    asked fork; fork write; write tell; tell pass; pass look; look meet;
    late remind; remind reminded;
    fork await; await meet;
    fork pause; pause afterwards; afterwards meet;
    meet sign; sign end
"""


def bundle() -> dict[str, bytes]:
    """The files of the procedure. A case knows its own name and the name of the case it hands the baton to."""
    body = (
        start("asked", extensions='<zeebe:formDefinition formId="ask"/>')
        + "".join(gateway(ident, "parallel") for ident in ("fork", "meet"))
        + user_task("write", name="Write", form="do", candidateGroups="runner")
        + boundary("late", "write", timer("timeCycle", "R2/PT1S"), interrupting=False)
        + "".join(_letter(ident) for ident in ("remind", "tell", "afterwards"))
        + throw("pass", event("message", "handed"))
        + user_task("look", name="Look", form="do", candidateGroups="runner")
        + catch("await", event("message", "taken"))
        + catch("pause", timer("timeDuration", "PT2S"))
        + user_task("sign", name="Sign", loop=each("=[1, 2]", "copy"), form="do", candidateGroups="runner")
        + end("reminded") + end()
    )  # fmt: skip
    messages = message("handed", "baton", "=partner") + message("taken", "baton", "=name")
    return {
        "relay.bpmn": diagram(messages, process(body, ARROWS, "relay", name="Relay")),
        "ask.form": content(text("name"), text("partner"), id="ask"),
        "do.form": content(text("note"), id="do"),
        "letters/note.md": b"---\nsubject: News\n---\nThere is news.\n",
        "procedure.toml": DESCRIPTOR,
    }


def _letter(ident: str) -> str:
    parts = headers(template="note") + mapping([('=name + "@example.org"', "to")])
    return element("sendTask", ident, "", f'<zeebe:taskDefinition type="send-letter"/>{parts}')
