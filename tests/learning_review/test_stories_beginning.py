"""Stories of how a case begins, and where it does not: a parent, a duplicate, another council area, a phone call before."""

from __future__ import annotations

import re
from typing import Any

from engine.models import Deadline, Document, Draft, Letter, ProcessInstance, Submission, UserTask
from tests.learning_review.filled_in import entries
from tests.learning_review.story import SQLITE_ONLY, Story
from tests.learning_review.usual_course import CSOG_NOTICE, OUTCOME, adult, agencies_are_asked, child, is_acknowledged, notification

pytestmark = SQLITE_ONLY


def test_a_parents_notification_is_refused_with_a_kind_word_and_nothing_of_it_is_kept(story: Story):
    # when a mother fills in the public form
    answer = story.fill_in_notification({"capacity": "family", "notifier": {"name": "Jean Grant"}})

    # then she is told where she is heard, that this is no referral, and that nothing was kept
    assert answer.answer.status_code == 200
    assert "How you can be heard" in answer.text
    assert "complain" in answer.text.lower()
    assert "999" in answer.text
    assert "no case has been opened" in answer.text

    # and nothing was
    assert [story.rows(kind) for kind in (ProcessInstance, Submission, Draft, Document, Letter)] == [[], [], [], [], []]
    assert story.tasks_of("administrator") == []


def test_whoever_notifies_without_an_account_learns_the_reference_and_what_comes_next_and_nothing_of_the_case(story: Story):
    # when a health visitor sends a notification
    sent = story.notify(notification(child(), strand="child"))

    # then the page says what happens next, and nothing that was entered
    assert "You will be told the outcome" in sent.text
    assert "Ailsa" not in sent.text
    assert "Ann Lee" not in sent.text
    assert sent.open(f"/cases/{story.reference}").answer.request.path == "/sign-in"


def test_references_neither_count_cases_nor_tell_the_area(story: Story):
    # when three notifications come, one from each area and one from both
    references = []
    for area in ("east_lothian", "midlothian", "both"):
        story.notify(notification(child(), strand="child", area=area))
        references.append(story.reference)

    # then each has a reference of its own that is made of chance
    assert all(re.fullmatch("LR-[2-9BCDFGHJKMNPQRSTVWXZ]{4}", reference) for reference in references)
    assert len({reference[3:5] for reference in references} | {reference[5:] for reference in references}) > 3
    assert len(set(references)) == 3


def test_a_second_notification_of_the_same_event_is_joined_with_the_first(story: Story):
    # given a case, and a second notification of what it is about
    story.notify(notification(child(), strand="child"))
    first = story.reference
    story.notify(notification(child(), strand="child"))

    # when the office sees that they are one
    is_acknowledged(story, "child", duplicate="duplicate", duplicate_of=first)

    # then whoever sent it is thanked and told so, and the second case is closed
    assert story.letter("acknowledgement").subject.startswith(f"Notification {story.reference}")
    assert "kept together with the earlier one" in story.letter("acknowledgement").body
    assert story.stage.startswith("Closed")
    assert story.tasks_of("child lead") == []
    assert first in story.case_page().text


ADD = "Add a parallel process"  # can be done as long as a case is open
LED_BY_FIFE: dict[str, Any] = {
    "counterpart_area": "Fife", "counterpart_name": "Moira Gunn", "counterpart_job": "Chair", "counterpart_contact": "0131 496 0200",
    "lead_area": "theirs", "arrangements": "They convene; we take part.", "information_basis": "The agreement between the areas.",
    "report_owner": "theirs", "publication_owner": "theirs", "ci_by": "them", "plan_owner": "joint",
}  # fmt: skip


def test_the_other_council_area_leads_and_our_days_are_no_longer_ours_to_keep(story: Story):
    # given a child who lived in two council areas
    story.notify(notification(child(), strand="child", other_area="yes", other_area_name="Fife"))
    is_acknowledged(story, "child")

    # when the Chair agrees with Fife that they lead, and tell the Care Inspectorate
    story.do("chair", "Agree with the other area", contacted_on=story.day(0), **LED_BY_FIFE)

    # then our 42 days end, nobody here is asked for reports, and the Chair is reminded every four weeks to ask
    assert "The other area leads" in story.stage
    assert story.deadline("Decision of the Consideration Meeting").endswith("No longer needed since 3 March 2026")
    assert story.tasks_of("child lead") == [ADD]
    story.days_pass(43)
    assert story.letter("task_waiting").subject == f"{story.reference}: a task waits for you"
    assert [letter.template for letter in story.letters()].count("deadline_warning") == 0

    # and when day 42 passes, nothing is overdue and no reason is asked for
    assert story.tasks_of("chair") == ["Record what the lead area decides", "Close the case early"]
    assert "Overdue" not in story.on_the_board()

    # when Fife decides, then CSOG and whoever notified are told, and the Care Inspectorate is not told twice
    story.do(
        "chair", "Record what the lead area decides", lead_decision="proceed", lead_decided_on=story.day(0),
        lead_reason="They will hold it.", our_part="Two people join their Review Team.",
    )  # fmt: skip
    assert story.tasks_of("child lead") == [ADD]
    story.do("chair", "Tell CSOG of the decision", csog_timescale="Six to nine months", **CSOG_NOTICE)
    story.do("administrator", "Tell the person who notified", **OUTCOME)
    assert story.stage.startswith("Closed on 15 April 2026")
    assert story.tasks_of("chair") == []


def test_whether_another_area_is_involved_is_found_out_while_the_case_goes_on(story: Story):
    # given a notification that does not know
    story.notify(notification(child(), strand="child", other_area="unknown"))
    is_acknowledged(story, "child")
    agencies_are_asked(story)
    assert story.stage.startswith("Preparing the Consideration Meeting")

    # then the question is open, and is asked again every week from day 14
    open_question = "Not known yet: whether another council area is involved."
    recommendation = story.open_task("child lead", "Write the recommendation")
    around = f"{recommendation.answer.request.path}?page=around"
    assert f"{open_question} The Lead Officer is finding out." in recommendation.open(around).text
    story.days_pass(22)
    reminded = [letter for letter in story.letters("task_waiting") if "another council area" in letter.body]
    assert [letter.to_name for letter in reminded] == ["Catriona Laing", "Catriona Laing"]

    # when the answer is that nobody can tell, then it stays open with what was done to find out
    story.do("child lead", "Find out about another area", other_area="unknown", other_area_note="Her school has no earlier record.")
    again = story.open_task("child lead", "Write the recommendation").open(around)
    assert f"{open_question} Her school has no earlier record." in again.text


def test_another_area_that_is_found_out_later_may_take_the_lead(story: Story):
    # given two cases that go on while their Lead Officer finds out
    references = []
    for _ in range(2):
        story.notify(notification(child(), strand="child", other_area="unknown"))
        is_acknowledged(story, "child")
        references.append(story.reference)

    # when another area is involved in both, and takes the lead in the second
    apart = {"counterpart_access": "no"}
    for reference, lead in zip(references, ("ours", "theirs"), strict=True):
        story.reference = reference
        found: dict[str, Any] = {"other_area": "yes", "other_area_name": "Fife", "other_area_note": "Her school told us."}
        story.do("child lead", "Find out about another area", **found)
        story.do("chair", "Agree with the other area", contacted_on=story.day(0), **LED_BY_FIFE | {"lead_area": lead} | apart)

    # then the first goes on as it was, once, and the second is theirs
    assert "The other area leads" in story.stage
    assert story.deadline("Decision of the Consideration Meeting").endswith("No longer needed since 3 March 2026")
    assert [task for task in story.tasks_of("child lead") if task != ADD] == ["Choose the agencies"]
    story.reference = references[0]
    agencies_are_asked(story)
    assert story.stage.startswith("Preparing the Consideration Meeting")
    assert [task for task in story.tasks_of("child lead") if task != ADD] == ["Write the recommendation"]


def test_the_office_keys_in_an_emailed_notification_and_the_days_count_from_when_it_came(story: Story):
    # when the office keys in on 3 March what came by email on 1 March
    answers = notification(adult(), strand="adult", keyed_in="yes", received_on="2026-03-01")
    story.notify(answers, by="administrator", files={"original_file": ("notification.txt", b"Dear colleagues, this is to tell you.")})

    # then the 42 days run from 1 March, and the original is kept
    assert story.deadline("Decision of the Consideration Meeting").startswith(
        "42 calendar days from 1 March 2026, received → 12 April 2026"
    )
    assert "notification.txt" in story.case_page().text


def test_advice_before_a_notification_is_noted_and_starts_no_clock(story: Story):
    # when the Lead Officer notes whom she advised
    page = story.sign_in(story.people["child lead"]).open("/start/learning_review:pre_notification_advice")
    page.send(entries({
        "enquirer_name": "Ann Lee", "enquirer_agency": "NHS Lothian", "enquirer_job": "Health visitor",
        "enquirer_contact": "0131 496 0000", "advised_by_role": "lead_officer_child", "advised_by": "Catriona Laing",
        "advised_on": story.day(0), "strand": "child", "advice": "To notify, and how.", "advice_outcome": "will_notify",
    }), button="Send")  # fmt: skip

    # then it is noted, nobody has a task, and no deadline runs
    assert "LR-" in page.text
    [noted] = story.rows(ProcessInstance)
    assert noted.milestone == "Advice noted"
    assert story.rows(Deadline) == story.rows(UserTask) == []
