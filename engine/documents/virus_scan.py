"""Every file that comes in is shown to a virus scanner, if there is one: a command that is given the file on its standard input."""

from __future__ import annotations

import hashlib
import shlex
import subprocess

import structlog

from .store import SCANNERS, Scanner

log = structlog.get_logger()

SECONDS = 8  # as long as others who wait for the database are patient
CLEAN, INFECTED = 0, 1  # the command's exit code; any other is trouble
KEPT_OUT = "“{name}” may contain a virus, so it was not kept. Have the file checked before you try again"
NOT_CHECKED = "“{name}” could not be checked for viruses just now, so it was not kept. Try again in a few minutes"


def scan_with(command: str) -> None:
    """From now on this command is asked about every file that comes to this process; none where it is empty."""
    SCANNERS[:] = [by_command(command)] if command else []


def by_command(command: str) -> Scanner:
    """Asks this command about each file. What it does not find clean is refused, and of an infected file only the fact is kept."""
    words = shlex.split(command)

    def scan(name: str, content: bytes) -> str | None:
        code = _exit_code(words, content)
        if code == CLEAN:
            return None
        if code == INFECTED:
            log.warning("infected file refused", size=len(content), sha256=hashlib.sha256(content).hexdigest())
            return KEPT_OUT.format(name=name)
        return NOT_CHECKED.format(name=name)

    return scan


def _exit_code(words: list[str], content: bytes) -> int | None:
    """What the command says of the content; None where it said nothing."""
    try:
        asked = subprocess.run(words, input=content, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=SECONDS, check=False)
    except (OSError, subprocess.SubprocessError) as error:
        log.error("the virus scanner does not answer", error=type(error).__name__)
        return None
    if asked.returncode not in (CLEAN, INFECTED):
        log.error("the virus scanner failed", code=asked.returncode)
    return asked.returncode
