"""Procedures: what is deployed, to read and to take away."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import database, deployments
from engine.identity import Actor
from tests.visitors import Visitor
from tests.web.errands import FOLDER, Errands
from web.studio import tables

ALLOTMENT = FOLDER.parent / "allotment"
SignIn = Callable[..., Visitor]
V1 = "/procedures/allotment/versions/1"


@pytest.fixture
def reader(sessions: database.Sessions, person: Callable[..., Actor], sign_in: SignIn) -> Visitor:
    """Somebody of no particular role, and the allotment procedure deployed."""
    with database.transaction(sessions) as db:
        deployments.deploy(db, deployments.read([ALLOTMENT]))
    return sign_in(person("Una Strang", "gardener"))


def test_every_procedure_is_listed_with_its_version(reader: Visitor) -> None:
    reader.open("/procedures")

    assert "Allotment plots Ask for a plot. The secretary answers within a week. Version 1, deployed on" in reader.text
    assert reader.links("Allotment plots") == ["/procedures/allotment"]


def test_how_many_cases_run_is_told_only_to_those_who_may_open_them(errands: Errands, sign_in: SignIn) -> None:
    errands.ask(), errands.ask()

    assert "2 running cases" in sign_in(errands.leila).open("/procedures").text
    assert "2 running cases" in sign_in(errands.leila).open("/procedures/errand").text
    for page in ("/procedures", "/procedures/errand"):
        assert "running" not in sign_in(errands.iain).open(page).text


def test_a_procedure_shows_what_it_is_made_of(reader: Visitor) -> None:
    reader.open("/procedures/allotment")

    assert reader.links("Plot request") == [f"{V1}/processes/plot_request"]
    assert reader.links("Size") == [f"{V1}/decisions/size.dmn"]
    assert reader.links("Find a plot") == [f"{V1}/forms/answer"]
    assert reader.links("Your request …") == [f"{V1}/letters/answer"]
    assert "Secretary sees every case" in reader.text
    assert "Digger sees only tasks of their own" in reader.text


def test_a_diagram_without_a_drawing_is_shown_in_words(reader: Visitor) -> None:
    reader.open(f"{V1}/processes/plot_request")

    assert "The file has no drawing of these steps. They are in words below." in reader.text
    assert reader.page.xpath("//*[@data-diagram]") == []
    assert reader.page.xpath("//*[@id='step-decide']")


def test_an_older_version_stays_readable_and_says_what_is_newer(reader: Visitor, sessions: database.Sessions) -> None:
    files = deployments.read([ALLOTMENT])
    files["procedure.toml"] = files["procedure.toml"].replace(b"within a week", b"within a fortnight")
    with database.transaction(sessions) as db:
        deployments.deploy(db, files)

    assert "within a fortnight" in reader.open("/procedures/allotment").text
    assert "Version 2" in reader.text
    assert "within a week" in reader.open(V1).text
    assert "This is version 1. New cases follow version 2." in reader.text


@pytest.mark.parametrize(
    "path",
    [
        "/procedures/nothing", "/procedures/allotment/versions/2", f"{V1}/processes/nothing", f"{V1}/decisions/nothing.dmn",
        f"{V1}/forms/nothing", f"{V1}/letters/nothing", f"{V1}/files/nothing", f"{V1}/files/../../procedure.toml",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(reader: Visitor, path: str) -> None:
    assert reader.client.get(path).status_code == 404


def test_a_diagram_is_there_in_words(reader: Visitor) -> None:
    reader.open(f"{V1}/processes/plot_request")

    names = [" ".join(name.text_content().split()) for name in reader.page.xpath("//*[contains(@class, 'app-twin__name')]")]
    assert names[:3] == ["Step 1: A plot is asked for", "Step 2: Size it up", "Step 3: Find a plot"]
    assert "Is there a plot? A question · Secretary One of these ways: yes: step 7 “Dig it over” no: step 9 “No plot”" in reader.text


def test_a_decision_table_reads_as_a_table(reader: Visitor) -> None:
    reader.open(f"{V1}/decisions/size.dmn")

    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in reader.page.xpath("//table//tr")]
    assert cells == [["Rule", "Square metres metres", "Size size"], ["1", "< 100", "small"], ["2", "any", "large"]]
    assert "The first rule that applies counts." in reader.text


def test_what_no_rule_is_for_is_noted_beside_the_table(reader: Visitor, sessions: database.Sessions) -> None:
    assert "No rule applies" not in reader.open(f"{V1}/decisions/size.dmn").text
    files = deployments.read([ALLOTMENT])
    with database.transaction(sessions) as db:
        deployments.deploy(db, {**files, "size.dmn": files["size.dmn"].replace(b"<text>-</text>", b"<text>&gt; 100</text>")})

    reader.open(f"{V1.replace('1', '2')}/decisions/size.dmn")

    assert "No rule applies where Square metres is 100. The table gives nothing then." in reader.text


def test_a_form_is_shown_in_outline(reader: Visitor) -> None:
    reader.open(f"{V1}/forms/ask")

    lines = [[" ".join(part.text_content().split()) for part in line] for line in reader.page.xpath("//main//li")]
    assert ["What would you like? must be answered", "One of these: A plot · A shed"] in lines
    assert ["How many square metres? must be answered", "Number", 'Not shown when wish != "plot"'] in lines
    assert not reader.page.xpath("//main//form")


def test_a_letter_is_shown_before_it_is_filled_in(reader: Visitor) -> None:
    reader.open(f"{V1}/letters/answer")

    assert "Your request …" in reader.text
    assert "Hello {{" in reader.text


def test_a_document_is_shown_before_it_is_filled_in(reader: Visitor) -> None:
    assert reader.open("/procedures/allotment").links("Lease of …") == [f"{V1}/documents/lease"]

    reader.open(f"{V1}/documents/lease")

    assert "The document “lease”, marked MEMBERS ONLY." in reader.text
    assert [cell.text for cell in reader.page.xpath("//th")] == ["Plot", "Metres"]
    assert reader.open(f"{V1}/documents/none").answer.status_code == 404


def test_a_list_of_terms_is_shown(reader: Visitor) -> None:
    assert reader.open("/procedures/allotment").links("Rude words") == [f"{V1}/lists/rude_words"]

    reader.open(f"{V1}/lists/rude_words")

    assert [term.text.strip() for term in reader.page.xpath("//main//li[not(ancestor::nav)]")] == ["Weed", "* of a slug"]
    assert "bindweed" in reader.text
    assert reader.open(f"{V1}/lists/none").answer.status_code == 404


def test_a_file_is_given_out_as_it_was_deployed_and_never_as_a_page(reader: Visitor) -> None:
    answer = reader.client.get(f"{V1}/files/plot_request.bpmn")

    assert answer.data == (ALLOTMENT / "plot_request.bpmn").read_bytes()
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="plot_request.bpmn"')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_all_files_can_be_taken_away_and_deployed_again(reader: Visitor, tmp_path: Path) -> None:
    answer = reader.client.get(f"{V1}/files.zip")

    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        archive.extractall(tmp_path)
    assert deployments.read([tmp_path / "allotment"]) == deployments.read([ALLOTMENT])


def table(policy: str, *cells: str) -> tables.Decision:
    """A decision table of one input column with these entries."""
    rules = "".join(f"<rule><inputEntry><text>{cell}</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>" for cell in cells)
    drawn = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="All"><decision id="d" name="D">'
        f'<informationRequirement><requiredDecision href="#e"/></informationRequirement><decisionTable {policy}>'
        '<input><inputExpression><text>x</text></inputExpression></input><output name="y"/>'
        f"{rules}</decisionTable></decision>"
        '<decision id="e" name="First"><literalExpression><text>1 + 1</text></literalExpression></decision></definitions>'
    )
    (file,) = tables.files({"d.dmn": drawn.encode(), "procedure.toml": b""})
    return file.decisions[0]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("-", "any"), ("", "any"), ("true", "yes"), ("false", "no"),
        ('"a"', "a"), ('"a", "b c"', "a or b c"), ('not("a", "b")', "not a or b"),
    ],
)  # fmt: skip
def test_cells_are_words_where_they_can_be(cell: str, said: str) -> None:
    (rule,) = table("", cell).rules

    assert rule.inputs == (tables.Cell(said),)


@pytest.mark.parametrize("cell", ["[1..5]", "not(5)", '"a" + b', "x > 3"])
def test_other_cells_stay_feel(cell: str) -> None:
    (rule,) = table("", cell.replace(">", "&gt;")).rules

    assert rule.inputs == (tables.Cell(cell, is_feel=True),)


def test_how_rules_are_combined_and_what_is_needed_is_said_in_words() -> None:
    assert table("").combined == "Exactly one rule applies."
    assert table('hitPolicy="COLLECT"').combined == "Every rule that applies counts; the results are collected in a list."
    assert table('hitPolicy="COLLECT" aggregation="SUM"').combined == "Every rule that applies counts; the results are added up."
    assert table("").needs == ("First",)
