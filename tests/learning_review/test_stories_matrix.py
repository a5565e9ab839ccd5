"""Who finds what of a Learning Review on the site, after the decision: pages, lists, forms, documents and letters, stage by stage.

What is expected is written down here after the procedure, apart from the access table and from what the diagrams say of their tasks.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import identity
from engine.database import transaction
from engine.models import Document, Letter, Submission
from tests.conftest import PASSWORD
from tests.learning_review.story import Story
from tests.learning_review.test_stories_access import sees
from tests.visitors import Visitor

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
    "CSOG considers the report": "csog",
}  # fmt: skip
DOCUMENTS = {"Minute of meeting": "review", "Minute": "minute",
    "Terms of reference": "terms", "Draft report": "draft", "Learning Review report": "report", "Paper for CSOG": "csog",
    "receipt": "care_inspectorate", "Care Inspectorate submission": "care_inspectorate", "Care Inspectorate decision": "notification",
    "Information pack": "papers", "Team information pack": "review",
}  # fmt: skip
LETTERS = {
    "outcome": "referrer", "acknowledgement": "notification", "nominee_declaration": "independence", "support_wanted": "support",
    "event_invitation": "event", "team_meeting_invitation": "review", "csog_notice": "csog",
}  # fmt: skip

MEETING = frozenset({"minute", "decision"})
WORK = frozenset({"papers", "minute", "decision", "terms", "review", "family", "event", "learning_points", "draft"})
NOTHING: frozenset[str] = frozenset()
# How far the usual case has come: what the members of the meeting, the team, its Chair besides, CSOG, EMPPC and the Sub-group read.
MATRIX = {
    "decided": (MEETING, None, NOTHING, {"csog"}, None, NOTHING),
    "set_up": (MEETING, WORK, {"independence"}, {"csog"}, None, NOTHING),
    "events_held": (None, WORK, {"independence"}, {"csog"}, None, NOTHING),
    "drafted": (None, WORK, {"independence"}, {"csog"}, None, NOTHING),
    "reported": (None, WORK | {"report", "emppc", "csog"}, NOTHING, {"report", "csog", "care_inspectorate"}, {"report", "emppc"},
                 {"care_inspectorate"}),
}  # fmt: skip
ONLY_STATUS = ("csog", "emppc", "subgroup")


def readers(stage: str) -> dict[str, frozenset[str] | None]:
    """For each person what they may read, everything being `FORMS` and the like; None for whom the case does not exist."""
    meeting, team, of_chair, csog, emppc, subgroup = MATRIX[stage]
    everything = frozenset({*FORMS.values(), *DOCUMENTS.values(), *LETTERS.values()})
    theirs = {who: None if team is None else team | (of_chair if who == "review chair" else NOTHING) for who in TEAM}
    committees = {"csog": csog, "emppc": emppc, "subgroup": subgroup}
    return dict.fromkeys(OFFICE, everything) | theirs | committees | {"nhs": meeting} | dict.fromkeys(STRANGERS)  # type: ignore[return-value]


@pytest.mark.parametrize("stage", MATRIX)
def test_everybody_finds_what_is_theirs_and_nothing_else(story_from: Callable[[str], Story], stage: str) -> None:
    story = story_from(stage)
    for who, words in readers(stage).items():
        expected = "nothing" if words is None else "status" if who in ONLY_STATUS else "all"
        assert sees(story, who) == expected, who
        visitor = story.sign_in(story.people[who])
        if expected == "all":
            assert_forms(story, visitor, words or NOTHING, who)
        assert_documents(story, visitor, words or NOTHING, who)
        assert_letters(story, visitor, words or NOTHING, who)
        if who not in OFFICE:
            assert_nobody_is_told(story, visitor, expected, who)


def assert_forms(story: Story, visitor: Visitor, words: frozenset[str], who: str) -> None:
    listed = {name for name in FORMS if name in visitor.open(f"/cases/{story.reference}/written").text}
    written = {name for name in FORMS if name in story.case_page("/written", who="chair").text}
    assert listed == {name for name in written if FORMS[name] in words}, who
    told = visitor.open(f"/cases/{story.reference}/timeline").text
    assert [name for name in written if f"completed “{name}”" in told and FORMS[name] not in words] == [], who
    first = min(one.id for one in story.rows(Submission))  # the notification
    assert visitor.open(f"/cases/{story.reference}/written/{first}").answer.status_code == (200 if "notification" in words else 404), who


def assert_documents(story: Story, visitor: Visitor, words: frozenset[str], who: str) -> None:
    for one in story.rows(Document):
        known = next(word for name, word in DOCUMENTS.items() if one.name.startswith(name))
        if one.name.endswith((".pdf", ".txt")):
            for address in (f"/documents/{one.id}", f"/documents/{one.id}/about"):
                found = visitor.client.get(address).status_code
                assert found == (200 if known in words else 404), (who, one.name, address)


def assert_letters(story: Story, visitor: Visitor, words: frozenset[str], who: str) -> None:
    """The newest letter of each kind: in the outbox, and by its address."""
    newest = {one.template: one for one in story.rows(Letter) if one.template in LETTERS}
    outbox = visitor.open("/outbox").answer.text
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
