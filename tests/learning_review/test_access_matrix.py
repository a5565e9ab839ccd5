"""Who may see what at each stage, against a matrix written down apart from the table (requirements 2.2 and its hard rules)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from lxml import etree

from engine import rights
from engine.models import Right
from tests.learning_review.tables import FOLDER, decide

ACCESS = tomllib.loads((FOLDER / "procedure.toml").read_text())["access"]
ROLES = tomllib.loads((FOLDER / "procedure.toml").read_text())["roles"]
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
EVERYTHING = [*ACCESS["classifications"], "unclassified"]
SHORT = {"-": Right.NONE, "s": Right.STATUS, "r": Right.READ, "w": Right.WRITE}

CORE = ("business_support", "public_protection_manager", "emppc_chair", "lead_officer_child")
TEAM = ("review_chair", "reviewer", "review_member")
OUTSIDE = (
    "counterpart",
    "review_chair",
    "reviewer",
    "review_member",
    "practitioner",
    "strategic_manager",
    "action_owner",
    "meeting_member",
)

# For each stage and role what a case of a child shows: "classification:right", of one's own with a dot before it. Nothing else is shown.
MATRIX: dict[str, dict[str, str]] = {
    "notified": {"anyone": ".case:s .notification:r .sealed:r", "subgroup_member": "case:s"},
    "gathering": {
        "counterpart": "joint",
        "anyone": ".case:s .sealed:r", "subgroup_member": "case:s",
        "senior_manager": ".agency_report:w", "agency_author": ".agency_report:w",
    },
    "consideration": {
        "counterpart": "joint",
        "anyone": ".case:s .sealed:r", "subgroup_member": "case:s",
        "senior_manager": ".agency_report:r", "agency_author": ".agency_report:r",
        "meeting_member": "case:r identity:r agency_report:r papers:r decision:r minute:w",
    },
    "decided": {
        "counterpart": "joint",
        "anyone": ".case:s .sealed:r", "subgroup_member": "case:s",
        "senior_manager": ".agency_report:r", "agency_author": ".agency_report:r",
        "meeting_member": "case:r minute:r decision:r", "csog_member": "case:s csog:r",
    },
    "not_proceeding": {
        "counterpart": "joint",
        "anyone": ".sealed:r", "subgroup_member": "case:s plan:r",
        "meeting_member": "case:r minute:r decision:r summary_report:r",
        "emppc_member": "case:s summary_report:r emppc:r", "csog_member": "case:s summary_report:r csog:r",
    },
    "set_up": {
        "counterpart": "joint",
        "anyone": ".sealed:r", "subgroup_member": "case:s", "csog_member": "case:s csog:r",
        "meeting_member": "case:r minute:r decision:r", "team": "read-case read-work independence-to-chair",
    },
    "review": {
        "counterpart": "joint",
        "anyone": ".sealed:r", "subgroup_member": "case:s", "csog_member": "case:s csog:r", "senior_manager": ".review:w",
        "meeting_member": "case:r minute:r decision:r", "team": "read-case work",
        "practitioner": ".event:r .learning_points:r", "strategic_manager": ".event:r .learning_points:r",
    },
    "drafting": {
        "counterpart": "joint",
        "anyone": ".sealed:r", "subgroup_member": "case:s", "csog_member": "case:s csog:r", "senior_manager": ".review:w",
        "team": "read-case work",
    },
    "emppc": {
        "counterpart": "joint",
        "anyone": ".sealed:r", "subgroup_member": "case:s", "csog_member": "case:s", "team": "read-case read-work report",
        "emppc_member": "case:s identity:r report:r dissemination:r emppc:w",
    },
    "csog": {
        "counterpart": "joint",
        "anyone": ".sealed:r", "subgroup_member": "case:s", "team": "read-case read-work report",
        "emppc_member": "case:s identity:r report:r dissemination:r emppc:r", "csog_member": "case:s identity:r report:r csog:w",
    },
    "after_csog": {
        "counterpart": "joint report:r dissemination:r",
        "anyone": ".sealed:r", "subgroup_member": "case:s plan:r care_inspectorate:r dissemination:r", "team": "read-case read-work report",
        "practitioner": "dissemination:r", "strategic_manager": "dissemination:r", "action_owner": ".plan:w",
        "emppc_member": "case:s identity:r report:r dissemination:r emppc:r plan:r",
        "csog_member": "case:s identity:r report:r csog:r plan:r care_inspectorate:r dissemination:r",
    },
    "improvement": {
        "anyone": ".sealed:r", "subgroup_member": "case:s plan:w care_inspectorate:r dissemination:r",
        "practitioner": "dissemination:r", "strategic_manager": "dissemination:r", "action_owner": ".plan:w",
        "emppc_member": "case:s identity:r report:r dissemination:r emppc:r plan:r",
        "csog_member": "case:s identity:r report:r csog:r plan:r care_inspectorate:r dissemination:r",
    },
    "closed": {"subgroup_member": "plan:r"},
}  # fmt: skip
SETS = {
    "read-case": "case:r identity:r agency_report:r papers:r minute:r decision:r terms:r",
    "work": "review:w family:w event:w learning_points:w draft:w",
    "read-work": "review:r family:r event:r learning_points:r draft:r",
    "report": "report:r emppc:r csog:r dissemination:r",
    "joint": "case:r identity:r decision:r terms:r",
    "independence-to-chair": "",
}


def granted(stage: str, strands: list[str] | None, embargo: str | None = None, process: str = "learning_review") -> rights.Grants:
    answer = decide("access_rights", stage=stage, strands=strands, embargo=embargo, process=process)
    return rights.collected(answer, ACCESS["classifications"])


def expected(stage: str) -> dict[tuple[str, str, bool], Right]:
    found = dict(_office(stage))
    if stage != "closed":  # what staff ask or raise is theirs to read again
        found |= {(what, "anyone", True): Right.READ for what in ("question", "emerging")}
    for role, line in MATRIX[stage].items():
        for each in TEAM if role == "team" else (role,):
            words = " ".join(SETS.get(word, word) for word in line.split()).split()
            if each == "review_chair" and {"work", "independence-to-chair"} & set(line.split()):
                words.append("independence:r")
            if each == "review_chair" and "read-case" in line:
                words.append("emerging:r")
            for word in words:
                what, _, right = word.rpartition(":")
                found[what.removeprefix("."), each, what.startswith(".")] = SHORT[right]
    return found


def _office(stage: str) -> dict[tuple[str, str, bool], Right]:
    """The office: everything but what is sealed, the Chair's, and questions, the Lead Officer's; of a closed case that there is one."""
    if stage == "closed":
        everybody = {("case", role, False): Right.STATUS for role in CORE}
        return everybody | {(what, "records_officer", False): Right.READ for what in EVERYTHING}
    every = {(what, role, False): Right.WRITE for role in CORE for what in EVERYTHING}
    kept = {"sealed": "emppc_chair", "question": "lead_officer_child"}
    return {(what, role, own): right for (what, role, own), right in every.items() if kept.get(what, role) == role}


def test_the_matrix_has_every_stage() -> None:
    assert list(MATRIX) == ACCESS["stages"]


@pytest.mark.parametrize("stage", MATRIX)
def test_the_table_grants_what_the_matrix_says_and_nothing_else(stage: str) -> None:
    assert dict(granted(stage, ["child"])) == expected(stage)


@pytest.mark.parametrize("stage", MATRIX)
@pytest.mark.parametrize(("strands", "sees"), [(["adult"], "adult"), (["child"], "child"), (["child", "adult"], "both"), (None, "both")])
def test_lead_officers_see_the_cases_of_their_strand(stage: str, strands: list[str] | None, sees: str) -> None:
    leads = {role for (_, role, _), _ in granted(stage, strands).items() if role.startswith("lead_officer")}

    assert leads == {f"lead_officer_{one}" for one in (("adult", "child") if sees == "both" else (sees,))}


def test_while_the_embargo_is_set_a_report_is_for_the_committees_the_office_and_the_team_alone() -> None:
    kept = ("report", "draft", "summary_report", "emppc", "csog", "care_inspectorate", "dissemination")
    for stage in MATRIX:
        readers = {role for (what, role, _) in granted(stage, ["child"], "set") if what in kept}
        assert readers <= {*CORE, *TEAM, "emppc_member", "csog_member", "records_officer"}, stage


# Section 2.2 of the requirements, cell by cell: the most that each may do with anything. - nothing, s how it stands, r read, w write;
# with a dot, of their own only. The columns are the referrer, the office, the agency, the meeting, the Review Team, participants,
# EMPPC, the Sub-group and CSOG.
SECTION_2_2 = """
    notified        .r  w  -   -  -  -   -  s  -
    gathering       .s  w  .w  -  -  -   -  s  -
    consideration   .s  w  .r  w  -  -   -  s  -
    decided         .s  w  .r  r  -  -   -  s  r
    not_proceeding  -   w  -   r  -  -   r  r  r
    set_up          -   w  -   -  r  -   -  s  -
    review          -   w  .w  -  w  .r  -  s  r
    drafting        -   w  -   -  w  -   -  s  -
    emppc           -   r  -   -  r  -   w  s  -
    csog            -   r  -   -  r  -   r  s  w
    after_csog      -   w  -   -  r  r   r  r  r
    improvement     -   w  -   -  -  r   r  w  r
    closed          -   s  -   -  -  -   -  r  -
"""
COLUMNS = (
    ("anyone",), ("business_support", "public_protection_manager", "emppc_chair", "lead_officer_child"), ("senior_manager",),
    ("meeting_member",), ("review_chair", "reviewer", "review_member"), ("practitioner", "strategic_manager"), ("emppc_member",),
    ("subgroup_member",), ("csog_member",),
)  # fmt: skip
# Where we keep to something else that the requirements say, cell by cell, and why.
OTHERWISE = {
    ("set_up", "meeting_member"): "r",  # 2.1: until so many days after the minute is approved, whatever the stage is then
    ("review", "meeting_member"): "r",
    ("set_up", "csog_member"): "r",  # the notice of the decision and the Sub-group's advice stay with CSOG once they are sent (R100, R127)
    ("drafting", "csog_member"): "r",
    ("emppc", "csog_member"): "s",
    ("drafting", "senior_manager"): ".w",  # requests for information may be open still (R163, R190)
} | {(stage, role): "w" for stage in ("emppc", "csog") for role in CORE}  # who keeps the documents can put a wrong one right (R183)


@pytest.mark.parametrize("line", [line.split() for line in SECTION_2_2.strip().splitlines()], ids=lambda line: line[0])
def test_at_each_stage_each_role_may_do_what_section_2_2_says(line: list[str]) -> None:
    stage, *cells = line
    rights_then = {key: right for key, right in granted(stage, ["child"]).items() if key[0] not in ALWAYS_OWN}

    def most(role: str) -> str:
        theirs = {
            own: max((r for (_, who, o), r in rights_then.items() if (who, o) == (role, own)), default=Right.NONE) for own in (False, True)
        }
        mark = "." if theirs[True] > theirs[False] else ""
        return mark + next(letter for letter, right in SHORT.items() if right is max(theirs.values()))

    wanted = {role: OTHERWISE.get((stage, role), cell) for cell, roles in zip(cells, COLUMNS, strict=True) for role in roles}
    assert {role: most(role) for role in wanted} == wanted


ALWAYS_OWN = ("sealed", "question", "emerging")  # whoever gave something of this kind in reads it again, whatever the stage


def test_section_2_2_has_every_stage() -> None:
    assert [line.split()[0] for line in SECTION_2_2.strip().splitlines()] == ACCESS["stages"]


def test_a_request_for_what_is_held_is_the_records_officers_and_the_offices() -> None:
    may_open = {role for (what, role, own), right in granted("gathering", None, process="disclosure_request").items()
                if what == "case" and not own and right >= Right.READ}  # fmt: skip

    assert may_open == {"records_officer", "lead_officer_adult", *CORE, "counterpart"}
    assert ("case", "subgroup_member", False) not in granted("gathering", None, process="disclosure_request")


def test_the_sub_group_and_csog_open_the_quarterly_look_at_all_reviews_and_nobody_learns_of_advice_but_the_office() -> None:
    oversight, advice = granted("review", None, process="oversee_reviews"), granted("notified", None, process="pre_notification_advice")

    assert {role: oversight["case", role, False] for role in ("subgroup_member", "csog_member")} == {
        "subgroup_member": Right.READ, "csog_member": Right.READ,
    }  # fmt: skip
    assert {role for what, role, own in advice if not own} == {*CORE, "lead_officer_adult"}


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.bpmn")), ids=lambda file: file.stem)
def test_a_case_has_a_stage_from_its_first_moment(file: Path) -> None:
    begun = {start["process"] for start in tomllib.loads((FOLDER / "procedure.toml").read_text())["start"]}
    for process in etree.parse(file).iterfind(f"{BPMN}process"):
        stages = process.xpath("*[local-name()='extensionElements']//*[local-name()='property'][@name='stage']/@value")
        assert len(stages) == (process.get("id") in begun), process.get("id")


def test_at_an_unknown_stage_only_the_office_sees_anything() -> None:
    assert {role for _, role, _ in granted("", ["child"])} <= {*CORE, "subgroup_member", "anyone"}
    assert {what for what, role, _ in granted("", ["child"]) if role == "subgroup_member"} == {"case"}


def test_whoever_notified_is_known_to_the_office_alone() -> None:
    for stage in MATRIX:
        assert {role for (what, role, own) in granted(stage, ["child"]) if what in ("referrer", "notification") and not own} <= {
            *CORE, "records_officer",
        }, stage  # fmt: skip


def test_people_from_outside_see_nothing_of_a_closed_case() -> None:
    assert not {role for _, role, _ in granted("closed", ["child"])} & {*OUTSIDE, "csog_member", "emppc_member", "anyone"}


def test_everything_that_people_hand_in_or_are_sent_is_classified() -> None:
    """What nobody classifies only the office sees: nobody may forget to think about it."""
    open_to_the_office = []
    for process in (one for path in sorted(FOLDER.glob("*.bpmn")) for one in etree.parse(path).iterfind(f"{BPMN}process")):
        asking = [one for kind in ("userTask", "sendTask", "startEvent") for one in process.iter(f"{BPMN}{kind}") if _is_about_people(one)]
        if asking and not _is_classified(process):
            open_to_the_office += [one.get("id") for one in asking if not _is_classified(one)]

    assert open_to_the_office == []


def _is_about_people(element: etree._Element) -> bool:
    return element.tag != f"{BPMN}startEvent" or element.find(f"{BPMN}extensionElements/{ZEEBE}formDefinition") is not None


def _is_classified(element: etree._Element) -> bool:
    return element.find(f"{BPMN}extensionElements/{ZEEBE}properties/{ZEEBE}property[@name='classification']") is not None


def test_every_role_of_the_matrix_is_one_of_the_procedure() -> None:
    assert {role for stage in MATRIX for role in MATRIX[stage]} - {"anyone", "team"} <= set(ROLES)
