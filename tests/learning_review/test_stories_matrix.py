"""Who finds what of a Learning Review on the site, from the notification to its end: every page, list, file and letter, stage by stage.

What is expected is written down here after the procedure, apart from the access table and from what the diagrams say of their tasks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import identity
from engine.database import transaction
from engine.models import Document, Letter, ProcessInstance, Submission, TaskState, UserTask
from tests.conftest import PASSWORD
from tests.learning_review.course_follow import family_has_the_report, improvement_is_planned, participants_are_told
from tests.learning_review.course_of_review import AT_RISK
from tests.learning_review.course_report import emppc_has_met, report_is_checked, report_is_settled
from tests.learning_review.story import SQLITE_ONLY, Story
from tests.learning_review.test_access_matrix import ACCESS
from tests.learning_review.test_stories_access import sees
from tests.learning_review.usual_course import (
    CHILD_SEATS,
    SUMMARY,
    agencies_are_asked,
    child,
    criteria_are,
    decision_is,
    everybody_is_told,
    facts_are,
    is_acknowledged,
    meeting_is_convened,
    notification,
    papers_are_out,
    police_report_comes,
    up_to_the_meeting,
)
from tests.visitors import Visitor

pytestmark = pytest.mark.long

OFFICE = ("administrator", "manager", "chair", "child lead")
TEAM = ("review chair", "reviewer", "health member")
STRANGERS = ("adult lead", "records officer", "practitioner", "strategic manager", "action owner", "social work")

# What a form is, by the name of its task. Only the office reads what is in none of the sets below.
FORMS = {
    "Check the notification": "notification", "Tell the person who notified": "referrer", "Write the recommendation": "papers",
    "Record the meeting": "minute", "Decision 2: is it necessary to proceed?": "decision", "Tell CSOG of the decision": "csog",
    "Write the terms of reference": "terms", "Declare your independence": "independence",
    "Clear a person for the Review Team": "independence", "Nominate the Review Team": "independence",
    "Record the Review Team’s meeting": "review", "Agree the Family Liaison Strategy": "family",
    "Be in touch with a member of the family": "family", "Say whether you take part": "support",
    "Say whether support was offered": "support", "Record the practitioner event": "event",
    "Write up the learning points": "learning_points", "Write the draft report": "draft",
    "Comment on the draft report": "draft", "Settle the final report": "report", "Present the report to EMPPC": "emppc",
    "CSOG considers the report": "csog", "Write the agency report": "agency_report", "Write the Summary Report": "summary_report",
    "Record the managers’ meeting": "plan", "Keep the written feedback": "care_inspectorate",
    "Plan how the learning is shared": "dissemination", "Close the Learning Review": "plan",
}  # fmt: skip
DOCUMENTS = {"Minute of meeting": "review", "Minute": "minute",
    "Terms of reference": "terms", "Draft report": "draft", "Learning Review report": "report", "Paper for CSOG": "csog",
    "receipt": "care_inspectorate", "Care Inspectorate submission": "care_inspectorate", "Care Inspectorate decision": "notification",
    "Information pack": "papers", "Team information pack": "review",
    "Closing summary": "plan", "Learning summary": "dissemination",
}  # fmt: skip
LETTERS = {
    "outcome": "referrer", "acknowledgement": "notification", "nominee_declaration": "independence", "support_wanted": "support",
    "event_invitation": "event", "team_meeting_invitation": "review", "csog_notice": "csog",
}  # fmt: skip

MEETING = frozenset({"minute", "decision"})
PAPERS = MEETING | {"papers", "agency_report"}
WORK = frozenset({"papers", "agency_report", "minute", "decision", "terms", "review", "family", "event", "learning_points", "draft"})
REPORTED = WORK | {"report", "emppc", "csog"}
NOTHING: frozenset[str] = frozenset()
# At each stage what the members of the meeting, the team, its Chair besides, CSOG, EMPPC and the Sub-group read; None for whom the case
# does not exist.
MATRIX: dict[str, tuple[Any, ...]] = {
    "notified": (None, None, NOTHING, None, None, NOTHING),
    "gathering": (None, None, NOTHING, None, None, NOTHING),
    "consideration": (PAPERS, None, NOTHING, None, None, NOTHING),
    "decided": (MEETING, None, NOTHING, {"csog"}, None, NOTHING),
    "not_proceeding": (MEETING | {"summary_report"}, None, NOTHING, {"summary_report", "csog"}, {"summary_report"}, NOTHING),
    "set_up": (MEETING, None, NOTHING, {"csog"}, None, NOTHING),  # nobody is cleared yet
    "review": (MEETING, WORK, {"independence"}, {"csog"}, None, NOTHING),
    "drafting": (None, WORK, {"independence"}, {"csog"}, None, NOTHING),
    "emppc": (None, REPORTED, NOTHING, NOTHING, {"report", "emppc"}, NOTHING),
    "csog": (None, REPORTED, NOTHING, {"report", "csog"}, {"report", "emppc"}, NOTHING),
    "after_csog": (None, REPORTED, NOTHING, {"report", "csog", "care_inspectorate"}, {"report", "emppc"}, {"care_inspectorate"}),
    "improvement": (None, None, NOTHING, {"report", "csog", "care_inspectorate", "plan"}, {"report", "emppc", "plan"},
                    {"care_inspectorate", "plan"}),
    "closed": (None, None, NOTHING, None, None, {"plan"}),
}  # fmt: skip
ONLY_STATUS = ("csog", "emppc", "subgroup")
READERS = {  # of each register
    "improvement_plan": {*OFFICE, "adult lead", "emppc", "csog", "subgroup"},
    "plan_reviews": {*OFFICE, "adult lead", "emppc", "csog", "subgroup"},
    "parallel_processes": {*OFFICE, "adult lead", "records officer"}, "information_requests": {*OFFICE, "adult lead", "records officer"},
    "dissemination": {*OFFICE, "adult lead", "subgroup"}, "disclosure_log": {"administrator", "manager", "chair", "records officer"},
    "reviews": {*OFFICE, "adult lead", "subgroup"},
}  # fmt: skip


def readers(stage: str) -> dict[str, frozenset[str] | None]:
    """For each person what they may read, everything being `FORMS` and the like; None for whom the case does not exist."""
    meeting, team, of_chair, csog, emppc, subgroup = MATRIX[stage]
    everything = frozenset({*FORMS.values(), *DOCUMENTS.values(), *LETTERS.values()})
    theirs = {who: None if team is None else team | (of_chair if who == "review chair" else NOTHING) for who in TEAM}
    committees = {"csog": csog, "emppc": emppc, "subgroup": subgroup}
    keepers = {"records officer": everything} if stage == "closed" else {}
    office = dict.fromkeys(OFFICE, NOTHING if keepers else everything)
    return office | theirs | committees | {"nhs": meeting} | dict.fromkeys(STRANGERS) | keepers


def expected(who: str, words: frozenset[str] | None, stage: str) -> str:
    """Whether somebody opens the case, may only know how it stands, or does not know of it."""
    if words is None or (stage == "closed" and who in ONLY_STATUS):  # of a closed case the Sub-group keeps the plan alone
        return "nothing"
    return "status" if who in ONLY_STATUS or not words else "all"


# How the usual case comes to each stage: where it goes on from, and what happens then.


def notified(story: Story) -> None:
    story.notify(notification(child("Ailsa Grant"), strand="child"))


def gathering(story: Story) -> None:
    notified(story)
    is_acknowledged(story, "child")
    agencies_are_asked(story, "police", by="child lead")


def consideration(story: Story) -> None:
    gathering(story)
    police_report_comes(story)
    meeting_is_convened(story, story.day(20), *CHILD_SEATS)
    papers_are_out(story, themes=[{"theme": "Visits", "agencies": ["police"]}])


def decided(story: Story) -> None:
    up_to_the_meeting(story, child("Ailsa Grant"), strand="child")
    facts_are(story, AT_RISK, by="child lead")
    criteria_are(story, "met", "Ailsa Grant", "child_abuse")
    decision_is(story, "proceed", "additional_learning", covered=["Ailsa Grant"])


def not_proceeding(story: Story) -> None:
    up_to_the_meeting(story, child("Ailsa Grant"), strand="child")
    facts_are(story, AT_RISK | {"harmed": "no"}, by="child lead")
    criteria_are(story, "not_met", "Ailsa Grant", "child_abuse")
    everybody_is_told(story, "not_proceed")
    story.do("chair", "Agree improvement actions", actions=[], no_actions_reason="The plan has them all.")
    story.do("child lead", "Write the Summary Report", summary=SUMMARY)


def emppc(story: Story) -> None:
    report_is_settled(story)
    report_is_checked(story)


def csog(story: Story) -> None:
    emppc(story)
    emppc_has_met(story)


def improvement(story: Story) -> None:
    family_has_the_report(story)
    participants_are_told(story)
    improvement_is_planned(story)


WAYS: dict[str, tuple[str, Callable[[Story], None] | None]] = {
    "set_up": ("decided", None), "review": ("set_up", None), "drafting": ("drafted", None),
    "emppc": ("finished", emppc), "csog": ("finished", csog), "after_csog": ("reported", None), "improvement": ("reported", improvement),
    "closed": ("followed_up", None),
}  # fmt: skip
FROM_THE_BEGINNING = {one.__name__: one for one in (notified, gathering, consideration, decided, not_proceeding)}


def test_every_stage_is_told() -> None:
    assert set(MATRIX) == {*WAYS, *FROM_THE_BEGINNING} == set(ACCESS["stages"])


@SQLITE_ONLY
@pytest.mark.parametrize("stage", FROM_THE_BEGINNING)
def test_everybody_finds_what_is_theirs_and_nothing_else_up_to_the_decision(story: Story, stage: str) -> None:
    FROM_THE_BEGINNING[stage](story)

    assert_everybody_finds(story, stage)


@pytest.mark.parametrize("stage", WAYS)
def test_everybody_finds_what_is_theirs_and_nothing_else(story_from: Callable[[str], Story], stage: str) -> None:
    begins, goes_on = WAYS[stage]
    story = story_from(begins)
    if goes_on is not None:
        goes_on(story)

    assert_everybody_finds(story, stage)


def assert_everybody_finds(story: Story, stage: str) -> None:
    assert story.rows(ProcessInstance, business_key=story.reference)[0].stage == stage
    for who, words in readers(stage).items():
        found = expected(who, words, stage)
        assert sees(story, who) == found, who
        visitor = story.sign_in(story.people[who])
        if found == "all":
            assert_forms(story, visitor, words or NOTHING, who)
        assert_documents(story, visitor, words or NOTHING, who)
        assert_letters(story, visitor, words or NOTHING, who)
        assert_tasks(story, visitor, who)
        assert_registers(story, visitor, found, who)
        if (who not in OFFICE and found != "all") or who in TEAM:
            assert_nobody_is_told(story, visitor, found, who)
    assert_emails_say_nothing(story)


def assert_forms(story: Story, visitor: Visitor, words: frozenset[str], who: str) -> None:
    listed = {name for name in FORMS if name in visitor.open(f"/cases/{story.reference}/written").text}
    written = {name for name in FORMS if name in story.case_page("/written").text}
    assert listed == {name for name in written if FORMS[name] in words}, who
    told = visitor.open(f"/cases/{story.reference}/timeline").text
    assert [name for name in written if f"completed “{name}”" in told and FORMS[name] not in words] == [], who
    first = min(one.id for one in story.rows(Submission))  # the notification
    assert visitor.open(f"/cases/{story.reference}/written/{first}").answer.status_code == (200 if "notification" in words else 404), who


def assert_documents(story: Story, visitor: Visitor, words: frozenset[str], who: str) -> None:
    for one in story.rows(Document):
        known = known_as(one)
        if one.name.endswith((".pdf", ".txt")):
            for address in (f"/documents/{one.id}", f"/documents/{one.id}/about", f"/documents/{one.id}/since/1"):
                found = visitor.client.get(address).status_code
                allowed = (200, 404) if address.endswith("/since/1") else (200,)  # there may be no earlier version
                assert found in (allowed if known in words else (404,)), (who, one.name, address)
    shown = visitor.client.get(f"/cases/{story.reference}").text
    theirs = [one for one in story.rows(Document) if one.name.endswith(".pdf") and f'/documents/{one.id}"' in shown]
    assert all(known_as(one) in words for one in theirs), who
    if "report" in words and "/cases/" in shown:
        assert theirs or not any(known_as(one) == "report" for one in story.rows(Document)), who


def known_as(document: Document) -> str:
    """What a document is, by its name."""
    known = [word for name, word in DOCUMENTS.items() if document.name.startswith(name)]
    assert known, f"“{document.name}” is not in the list above."
    return known[0]


def assert_tasks(story: Story, visitor: Visitor, who: str) -> None:
    """A task is on one's list, or does not exist: neither its page, nor its draft, nor what it is assigned to."""
    listed = visitor.open("/tasks").answer.text
    for task in story.rows(UserTask, state=TaskState.OPEN):
        is_listed = f'/tasks/{task.id}"' in listed
        assert visitor.client.get(f"/tasks/{task.id}").status_code in ((200,) if is_listed else (404, 409)), (who, task.name)
        assert is_listed or task.subject == "" or f"({task.subject})" not in listed, (who, task.name)


def assert_registers(story: Story, visitor: Visitor, found: str, who: str) -> None:
    """A register is for its readers; the case's reference stands in it only for those who may know of the case."""
    for key, theirs in READERS.items():
        answer = visitor.client.get(f"/registers/learning_review/{key}.csv?state=all")
        assert answer.status_code == (200 if who in theirs else 404), (who, key)
        assert found != "nothing" or story.reference not in answer.text, (who, key)
        page = visitor.client.get(f"/registers/learning_review/{key}?state=all").text
        assert found != "nothing" or story.reference not in page, (who, key)


def assert_emails_say_nothing(story: Story) -> None:
    """No subject of an email, and nothing in one about a task that waits, names anybody or the council area."""
    for one in story.letters():
        said = one.subject + (one.body.replace(one.to_name, "") if one.template in ("task_waiting", "tasks_waiting") else "")
        assert not any(kept in said for kept in ("Ailsa", "Ann Lee", "Jo Park", "Midlothian Council")), one.template


def assert_letters(story: Story, visitor: Visitor, words: frozenset[str], who: str) -> None:
    """The newest letter of each kind: in the outbox, and by its address."""
    newest = {one.template: one for one in story.rows(Letter) if one.template in LETTERS}
    outbox = "".join(visitor.open(f"/outbox?page={page}").answer.text for page in range(1, 5))
    for template, one in newest.items():
        found = visitor.client.get(f"/outbox/{one.id}").status_code == 200
        may = LETTERS[template] in words or one.to_email == story.people[who].email
        assert (found, f'/outbox/{one.id}"' in outbox) == (may, may), (who, template)


def assert_nobody_is_told(story: Story, visitor: Visitor, expected: str, who: str) -> None:
    """Neither who notified, nor, to those who may only know how it stands, anybody's name or place."""
    pages = ["/board", "/board/cases.csv", "/outbox", f"/cases/{story.reference}"]
    kept = ["Ann Lee"] if expected == "all" else ["Ann Lee", "Ailsa", "Fiona Hay", "Jo Park", "Midlothian Council"]
    pages += [f"/cases/{story.reference}/{part}" for part in ("timeline?every-step", "chronology", "chronology.csv", "written", "diagram")]
    for page in pages:
        answer = visitor.client.get(page)
        assert expected == "all" or answer.status_code == 404 or not page.startswith(f"/cases/{story.reference}/"), (who, page)
        assert [name for name in kept if name in answer.text.replace(story.people[who].name, "")] == [], (who, page)


def test_a_nomination_is_nobodys_business_but_the_offices_and_the_chairs(story_from: Callable[[str], Story]) -> None:
    story = story_from("set_up")

    told = {
        who: "Declaration of independence Leah Moss" in seen_deadlines(story, who) for who in ("chair", "review chair", "reviewer", "nhs")
    }

    assert told == {"chair": True, "review chair": True, "reviewer": False, "nhs": False}


def seen_deadlines(story: Story, who: str) -> str:
    page = story.case_page(who=who).page
    return " ".join(" ".join(one.text_content().split()) for one in page.xpath("//*[contains(@class, 'app-deadline__name')]"))


def test_whoever_looks_after_the_machine_sees_no_case_and_no_letter(story_from: Callable[[str], Story]) -> None:
    story = story_from("reported")
    with transaction(story.sessions) as session:
        ada = identity.add_person(session, email="ada.low@example.org", name="Ada Low", password=PASSWORD, groups=["administrator"])
        story.people["machine"] = identity.actor_for(session, ada)

    assert sees(story, "machine") == "nothing"
    visitor = story.sign_in(story.people["machine"])
    assert_documents(story, visitor, NOTHING, "machine")
    assert_letters(story, visitor, NOTHING, "machine")
    assert visitor.open("/tasks").links("Comment") == []
    assert visitor.client.get("/registers/learning_review/improvement_plan.csv").status_code == 404


def test_no_letter_names_anybody_but_whom_it_is_to(story_from: Callable[[str], Story]) -> None:
    story = story_from("reported")
    names = {person.name for person in story.people.values()} | {"Ailsa Grant", "Ann Lee"}

    told = {
        (one.template, name) for one in story.letters() for name in names if name in f"{one.subject} {one.body}" and name != one.to_name
    }

    assert told == set()
