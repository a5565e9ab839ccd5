"""The command `casework`, as typed in a terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from engine import deployments
from tests.diagrams import diagram, element, end, gateway, process, script, start, user_task
from web.cli import main
from web.configuration import ROOT

PROCEDURE = ROOT / "tests/procedures/allotment"


@pytest.fixture
def casework(monkeypatch, tmp_path):
    """Types a command; the installation is this test's own."""
    monkeypatch.setenv("CASEWORK_FOLDER", str(tmp_path / "instance"))

    def type_in(*words: object, answers: str = "") -> Result:
        result = CliRunner().invoke(main, [str(word) for word in words], input=answers)
        # A trace is never an answer.
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    return type_in


def broken(folder: Path) -> Path:
    """A procedure whose form is gone and whose descriptor names a role that is not there."""
    for file in PROCEDURE.rglob("*"):
        if file.is_file() and file.name != "ask.form":
            (folder / file.relative_to(PROCEDURE)).parent.mkdir(parents=True, exist_ok=True)
            (folder / file.relative_to(PROCEDURE)).write_bytes(file.read_bytes())
    descriptor = folder / "procedure.toml"
    descriptor.write_text(descriptor.read_text().replace('who = ["secretary"]', 'who = ["treasurer"]'))
    return folder


def test_help_names_every_command_and_answers_at_once():
    said = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "from web.cli import main; main()", "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )

    for command in ("serve", "work", "check", "deploy", "user", "play", "message", "decide", "verify", "demo", "settings"):
        assert f"\n  {command} " in said.stdout
    # Loading these takes longer than everything else a command does.
    assert not any(f" {slow}\n" in said.stderr for slow in ("flask", "sqlalchemy", "SpiffWorkflow", "quickjs"))


def test_check_says_that_all_is_well(casework):
    result = casework("check", PROCEDURE)

    assert (result.exit_code, result.output) == (0, f"No problems in {len(deployments.read([PROCEDURE]))} files.\n")


def test_check_lists_all_problems_at_once_and_ends_with_1(casework, tmp_path):
    result = casework("check", broken(tmp_path / "broken"))

    assert result.exit_code == 1
    assert "ask" in result.stderr
    assert "treasurer" in result.stderr
    assert result.stderr.splitlines()[-1] == f"{len(result.stderr.splitlines()) - 1} problems."


def test_check_says_on_which_line_each_problem_is(casework, tmp_path):
    folder = broken(tmp_path / "broken")
    diagram_lines = (folder / "plot_request.bpmn").read_text().splitlines()

    said = casework("check", folder).stderr.splitlines()

    asked = next(line for line in said if "ask.form" in line)
    file, line, element, _ = asked.split(":", 3)
    assert Path(file) == folder / "plot_request.bpmn"
    assert f'id="{element.strip()}"' in diagram_lines[int(line) - 1]
    treasurer = next(line for line in said if "treasurer" in line)
    assert "who = " in (folder / "procedure.toml").read_text().splitlines()[int(treasurer.split(":")[1]) - 1]


def test_check_looks_at_single_files_and_prints_json(casework, tmp_path):
    file = tmp_path / "a.bpmn"
    tasks = user_task("A") + element("serviceTask", "B") + element("scriptTask", "C", "<bpmn:script>x = 1</bpmn:script>")
    drawn = process(start() + tasks + end(), "start A; A B; B C; C end", executable=False)
    file.write_bytes(diagram(drawn).replace(b"<bpmn:serviceTask", b"\n<bpmn:serviceTask"))

    result = casework("check", file, PROCEDURE / "size.dmn", "--json")

    found = json.loads(result.stdout)
    assert (result.exit_code, found["files"], {one["file"] for one in found["problems"]}) == (1, 2, {str(file)})
    assert [one["element"] for one in found["problems"]] == ["", "A", "B", "C"]
    assert [one["line"] for one in found["problems"]] == [1, 1, 2, 2]
    assert "Choose a form" in found["problems"][1]["sentence"]


def test_a_single_file_without_problems_is_said_so(casework):
    assert casework("check", PROCEDURE / "size.dmn").output == "No problems in 1 file.\n"
    assert json.loads(casework("check", PROCEDURE / "size.dmn", "--json").output) == {"files": 1, "problems": []}


def test_a_broken_file_is_said_with_its_line(casework, tmp_path):
    (tmp_path / "a.bpmn").write_text("<a>\n<b>\n</c></a>")
    (tmp_path / "notes.txt").write_text("?")

    assert casework("check", tmp_path / "a.bpmn").stderr.startswith(f"{tmp_path / 'a.bpmn'}:3: The file is not readable as XML")
    assert "cannot be checked by itself" in casework("check", tmp_path / "notes.txt").stderr


def test_a_folder_that_is_not_there_is_said(casework, tmp_path):
    result = casework("check", tmp_path / "nowhere")

    assert result.exit_code == 2
    assert "nowhere" in result.stderr


def test_deploying_makes_versions_and_the_same_files_make_none(casework, tmp_path):
    first = casework("deploy", PROCEDURE)
    again = casework("deploy", PROCEDURE)

    assert first.output == again.output == "Allotment plots is live in version 1.\n"


def test_deploying_something_broken_stores_nothing(casework, tmp_path):
    refused = casework("deploy", broken(tmp_path / "broken"))
    after = casework("deploy", PROCEDURE)

    assert refused.exit_code == 1
    assert after.output == "Allotment plots is live in version 1.\n"


def test_a_person_is_added_and_a_group_nobody_knows_is_pointed_out(casework):
    casework("deploy", PROCEDURE)

    result = casework(
        "user",
        "add",
        "ann@example.org",
        "--name",
        "Ann Gray",
        "--group",
        "secretary",
        "--group",
        "secretry",
        answers="a long password\n" * 2,
    )

    assert "Ann Gray can sign in as ann@example.org." in result.output
    assert result.stderr.endswith("No procedure that is live knows the group secretry; it counts once one does.\n")


def test_who_looks_after_the_machine_is_given_no_role_by_which_cases_are_read(casework):
    groups = ("--group", "administrator", "--group", "secretry")

    result = casework("user", "add", "ann@example.org", "--name", "Ann Gray", "--password", "a long password", *groups)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Whoever looks after Casework itself reads no case. They cannot act as “secretry”.")


def test_an_address_is_added_once(casework):
    person = ("user", "add", "ann@example.org", "--name", "Ann Gray", "--password", "a long password")
    casework(*person)

    result = casework(*person)

    assert (result.exit_code, result.stderr) == (1, "There is already an account with this email address\n")


PLAYED = ("play", PROCEDURE / "plot_request.bpmn", PROCEDURE / "size.dmn")


def told(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_play_tells_what_happens_and_ends_with_3_where_somebody_is_waited_for(casework):
    wish = {"name": "Ines Roy", "email": "ines@example.org", "wish": "plot", "metres": 120}

    result = casework(*PLAYED, "--variables", json.dumps(wish), "--complete-jobs", "--until", "2026-01-05T10:00:00")

    *happened, last = told(result)
    assert result.exit_code == 3
    assert happened[1]["element"] == "asked"
    assert last["state"] == "waiting"
    assert last["variables"]["metres"] == 120
    assert "decide" in [wait["element"] for wait in last["waiting"] if wait["kind"] == "user task"]


def test_play_takes_answers_from_a_file(casework, tmp_path):
    (tmp_path / "answers.json").write_bytes(b"\xef\xbb\xbf" + json.dumps({"decide": {"found": False, "reason": "all taken"}}).encode())
    wish = '{"metres": 20, "email": "ines@example.org"}'

    result = casework(*PLAYED, "--variables", wish, "--answers", tmp_path / "answers.json", "--complete-jobs")

    assert ("decide", "completed") in [(line["element"], line["what"]) for line in told(result)[:-1]]


def test_play_ends_with_0_when_all_is_done_and_with_4_at_an_incident(casework, tmp_path):
    choosing = process(start() + script("S", "=n + 1", "m") + gateway("x") + end(), "start S; S x; x end | =m")
    (tmp_path / "a.bpmn").write_bytes(diagram(choosing))
    (tmp_path / "b.bpmn").write_bytes(diagram(process(start() + end(), "start end", "q", executable=False)))

    incident = casework("play", tmp_path / "a.bpmn", "--variables", '{"n": 1}')
    completed = casework("play", tmp_path / "a.bpmn", tmp_path / "b.bpmn", "--process", "q", "--start", "2030-01-01")

    assert (incident.exit_code, told(incident)[-1]["state"]) == (4, "incident")
    assert (completed.exit_code, told(completed)[-1]["state"]) == (0, "completed")
    assert told(completed)[0]["time"] == "2030-01-01T00:00:00+00:00"


def test_what_cannot_be_played_ends_with_1(casework):
    result = casework("play", PROCEDURE / "size.dmn")

    assert result.exit_code == 1
    assert told(result)[-1]["state"] == "refused"


def test_answers_that_cannot_be_read_are_said(casework, tmp_path):
    (tmp_path / "latin.json").write_bytes('{"decide": {"reason": "é"}}'.encode("latin-1"))
    (tmp_path / "list.json").write_text('{"messages": 3}')

    latin = casework(*PLAYED, "--answers", tmp_path / "latin.json")
    wrong = casework(*PLAYED, "--answers", tmp_path / "list.json")

    assert (latin.exit_code, "is not written in UTF-8" in latin.stderr) == (2, True)
    assert (wrong.exit_code, "must be a list" in wrong.stderr) == (1, True)


def test_decide_prints_what_the_table_says(casework):
    result = casework("decide", PROCEDURE / "size.dmn", "--decision", "plot_size", "--input", '{"metres": 200}')

    assert (result.exit_code, result.output) == (0, '"large"\n')


def test_decide_tells_types_and_says_why_something_is_null(casework, tmp_path):
    namespace = "https://www.omg.org/spec/DMN/20191111/MODEL/"
    head = f'<definitions xmlns="{namespace}" id="x" name="x" namespace='
    imported = f'<import name="days" namespace="days" importType="{namespace}"/>'
    needs = '<informationRequirement><requiredDecision href="days#day"/></informationRequirement>'
    own = f'<decision id="d" name="D">{needs}<literalExpression><text>[days.day, 1 + "a"]</text></literalExpression></decision>'
    day = '<decision id="day" name="day"><literalExpression><text>date("2026-03-03")</text></literalExpression></decision>'
    (tmp_path / "own.dmn").write_text(f'{head}"own">{imported}{own}</definitions>')
    (tmp_path / "days.dmn").write_text(f'{head}"days">{day}</definitions>')

    result = casework("decide", tmp_path / "own.dmn", "--decision", "D", "--types")

    assert result.exit_code == 0
    assert json.loads(result.stdout)["value"] == [{"type": "date", "value": "2026-03-03"}, {"type": "Null", "value": None}]
    assert result.stderr == "The decision “D”: '+' cannot work with these values.\n"


def test_what_is_not_json_is_said(casework):
    result = casework("decide", PROCEDURE / "size.dmn", "--decision", "plot_size", "--input", "{metres}")

    assert result.exit_code == 2
    assert "this is not JSON" in result.stderr


def test_verify_says_whose_history_is_whole_and_which_case_there_is_not(casework):
    everything = casework("verify")
    unknown = casework("verify", "PLOT-00000")

    assert everything.output == "The history of 0 cases is as it was written.\n"
    assert (unknown.exit_code, unknown.stderr) == (1, "PLOT-00000: There is no such case.\n")


def test_settings_lists_what_can_be_set(casework, tmp_path):
    result = casework("settings")

    assert f"CASEWORK_FOLDER={tmp_path / 'instance'}\n" in result.output


def test_a_database_that_is_away_is_said_in_a_sentence(casework, monkeypatch):
    monkeypatch.setenv("CASEWORK_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/casework?connect_timeout=1")

    result = casework("verify")

    assert result.exit_code == 1
    assert result.stderr.startswith("The database cannot be used: ")


def test_a_message_is_sent_from_a_terminal(casework, tmp_path):
    sent = casework("message", "seed", "--key", "k", "--variables", '{"crop": "leeks"}', "--time-to-live", "PT1H")
    shouted = casework("message", "rain", "--signal")

    assert sent.output == "The message “seed” is on its way.\n"
    assert shouted.output == "The signal “rain” is on its way.\n"
    engine = create_engine(f"sqlite:///{tmp_path / 'instance' / 'casework.db'}")
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT kind, name, correlation_key, variables FROM message ORDER BY id")).all()
    engine.dispose()
    assert kept == [("message", "seed", "k", '{"crop": "leeks"}'), ("signal", "rain", None, "{}")]


def test_a_message_that_would_live_for_no_known_time_is_not_sent(casework):
    result = casework("message", "seed", "--time-to-live", "a week")

    assert (result.exit_code, result.stderr[:29]) == (1, "“a week” is not a duration. W")


def test_play_begins_at_the_start_event_that_is_named(casework, tmp_path):
    both = process(start("phoned") + start("written") + user_task("A") + end(), "phoned A; written A; A end")
    (tmp_path / "p.bpmn").write_bytes(diagram(both))

    result = casework("play", tmp_path / "p.bpmn", "--start-event", "written")

    begun = [line for line in map(json.loads, result.stdout.splitlines()) if line.get("what") == "started"]
    assert (result.exit_code, [line["element"] for line in begun]) == (3, ["written"])
