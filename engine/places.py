"""Where in a file a problem is: the line on which its element begins, for those who mend files in an editor."""

from __future__ import annotations

import codecs
import re

from .errors import Problem

_IN_A_SENTENCE = re.compile(r"\bline (\d+)")


def line_of(content: bytes, problem: Problem) -> int:
    """The line of a problem's element; that of the sentence where it names one; else the first."""
    if problem.element:
        name = re.escape(problem.element.rpartition(".")[2] if problem.file.endswith(".toml") else problem.element)
        said = rf"""\bid\s*=\s*["']{name}["']|"(?:id|key)"\s*:\s*"{name}"|^\s*\[*(?:[\w.]+\.)?{name}\]*\s*(?:=|$)"""
        if found := re.search(said, text := _text(content), re.MULTILINE):
            return text.count("\n", 0, found.end()) + 1
    named = _IN_A_SENTENCE.findall(problem.message)
    return int(named[-1]) if named else 1


def _text(content: bytes) -> str:
    """The file as text, in whatever encoding: it is only searched."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    return content.decode("utf-8", errors="replace")
