"""A command that looks for viruses in every file that comes in."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from engine import documents
from engine.documents import virus_scan

LOOKS = f"""{sys.executable} -c "import sys; sys.exit(1 if b'EICAR' in sys.stdin.buffer.read() else 0)" """


@pytest.fixture(autouse=True)
def scanners() -> Iterator[None]:
    """What looks for viruses stays with the test."""
    before = list(documents.SCANNERS)
    yield
    documents.SCANNERS[:] = before


def test_a_clean_file_passes_and_an_infected_one_is_refused():
    scan = virus_scan.by_command(LOOKS)

    assert scan("beds.txt", b"beds") is None
    said = scan("beds.txt", b"x EICAR y")
    assert said == "“beds.txt” may contain a virus, so it was not kept. Have the file checked before you try again"


@pytest.mark.parametrize("command", [f"{sys.executable} -c 'import sys; sys.exit(2)'", "no-such-scanner-anywhere"])
def test_a_file_that_could_not_be_checked_is_not_kept(command):
    said = virus_scan.by_command(command)("beds.txt", b"beds")

    assert said == "“beds.txt” could not be checked for viruses just now, so it was not kept. Try again in a few minutes"


def test_a_scanner_that_takes_too_long_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(virus_scan, "SECONDS", 0.2)

    said = virus_scan.by_command(f"{sys.executable} -c 'import time; time.sleep(30)'")("beds.txt", b"beds")

    assert said is not None
    assert "could not be checked" in said


def test_of_an_infected_file_only_the_fact_is_told(capsys):
    virus_scan.by_command(LOOKS)("Ann Hill.txt", b"EICAR")

    told = capsys.readouterr().out
    assert "infected file refused" in told
    assert "Ann Hill" not in told


def test_the_command_is_asked_about_every_file_of_this_process_or_none_is():
    documents.scan_with(LOOKS)
    assert [scan("a.txt", b"EICAR") is None for scan in documents.SCANNERS] == [False]

    documents.scan_with("")
    assert documents.SCANNERS == []
