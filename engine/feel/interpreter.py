"""The FEEL interpreter (our JavaScript on the grammar of the npm library lezer-feel) inside QuickJS, and the contexts it runs in.

A context serves one thread at a time: it is taken from the free ones, or made (20 ms), and put back. QuickJS releases the GIL,
so an expression that loops holds up nobody else. A context that ran out of time or memory is thrown away. QuickJS looks at the
processor time of the whole process: who was stopped because of what other threads did meanwhile tries again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import thread_time
from typing import Any, TypeVar

import orjson
import quickjs

from engine import clock
from engine.errors import FeelError

from . import zones

BUNDLE = Path(__file__).parent / "build" / "feel.js"
SECONDS = 1.0  # of processor time, for one evaluation
PATIENCE = (1, 4, 16)  # how many times as much the whole process may take meanwhile, at each try
SECONDS_TO_EXAMINE = 20.0  # for a whole file of decisions, when it is deployed
MEGABYTES = 128
NEARLY = 0.9  # two clocks never agree in full
NEEDS_ZONE = "Error: needs the time zone "  # as js/zones.mjs says it
_NO_TEXT = re.compile("[\0\ud800-\udfff]")  # what JSON can write, but no text can hold
REMEMBERED = 4000  # compiled expressions, at about 13 kB each

Result = TypeVar("Result")

_free: list[Interpreter] = []


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression or template that one context has compiled."""

    number: int
    wanted: tuple[str, ...]  # names to send with an evaluation
    reads: frozenset[str]  # those that can only be variables


@dataclass(frozen=True, slots=True)
class Examined:
    """What a decision model reads, and what is wrong with it."""

    names: frozenset[str]  # the variables that its expressions read
    unreadable: list[tuple[list[str], str, str]]  # expressions that cannot be compiled: where, text, message
    unrequired: list[tuple[str, str, str]]  # what a part reads without requiring it: the part's id, the name, what it is of


class Crowded(FeelError):
    """Stopped, although this thread had time left: others used the processor meanwhile."""


def in_turn(work: Callable[[Interpreter], Result]) -> Result:
    """Do this in a context of one's own, again where it was stopped for what others did."""
    for patience in PATIENCE[:-1]:
        with suppress(Crowded), _borrowed(patience) as interpreter:
            return work(interpreter)
    with _borrowed(PATIENCE[-1]) as interpreter:
        return work(interpreter)


@contextmanager
def _borrowed(patience: int) -> Iterator[Interpreter]:
    try:
        interpreter = _free.pop()
    except IndexError:
        interpreter = Interpreter()
    interpreter.limit(SECONDS, patience)
    try:
        yield interpreter
    finally:
        if interpreter.sound:
            _free.append(interpreter)


class Interpreter:
    """One QuickJS context with what it has compiled."""

    def __init__(self) -> None:
        if not BUNDLE.exists():
            raise FeelError(f"The FEEL interpreter is not built: {BUNDLE.name} is missing. Run “make assets”.")
        self.sound = True
        self._limit = (0.0, 0)
        self._compiled: dict[tuple[str, str], Compiled] = {}
        self._models: set[str] = set()
        self._js = quickjs.Context()
        self._js.set_memory_limit(MEGABYTES << 20)
        self._js.eval(BUNDLE.read_text(encoding="utf-8"))
        self._functions = {name: self._js.eval(f"casework.{name}") for name in _FUNCTIONS}

    def limit(self, seconds: float, patience: int = 1) -> None:
        """How long each call may take: this thread, and as many times as much the whole process meanwhile."""
        if (seconds, patience) != self._limit:
            self._limit = seconds, patience
            self._js.set_time_limit(seconds * patience)

    def compiled(self, expression: str) -> Compiled:
        return self._compiled.get(("", expression)) or self._compile("", expression, "compile", False)

    def template(self, text: str) -> Compiled:
        return self._compiled.get(("template", text)) or self._compile("template", text, "templateNames")

    def run(self, expression: str, variables: Mapping[str, Any], now: datetime | None) -> tuple[Any, list[str]]:
        compiled = self.compiled(expression)
        result: tuple[Any, list[str]] = self._call("run", expression, compiled.number, _json(compiled.wanted, variables), _instant(now))
        return result

    def passes(self, tests: str, value: Any, variables: Mapping[str, Any]) -> bool | None:
        result: bool | None = self._call("passes", tests, tests, _dump(value), _dump(dict(variables)), _instant(None))
        return result

    def render(self, template: str, variables: Mapping[str, Any], now: datetime | None) -> str:
        result: str = self._call("render", template, template, _json(self.template(template).wanted, variables), _instant(now))
        return result

    def examine(self, model: str) -> Examined:
        self.limit(SECONDS_TO_EXAMINE, self._limit[1])
        names, problems, unrequired = self._call("examine", "a decision", model)
        told = [(where, text, _sentence(problem)) for where, text, problem in problems]
        return Examined(frozenset(names), told, [(ident, name, kind) for ident, name, kind in unrequired])

    def decide(
        self, key: str, model: str, decision: str, variables: Mapping[str, Any], now: datetime | None, options: Mapping[str, bool]
    ) -> tuple[Any, list[dict[str, Any]], list[str]]:
        self._tidy()
        if key not in self._models:
            self._call("keepModel", decision, model)
            self._models.add(key)
        value, trace, warnings = self._call("decide", "", key, decision, _dump(dict(variables)), _instant(now), _dump(options))
        return value, trace, [_sentence(warning) for warning in warnings]

    def _compile(self, kind: str, text: str, function: str, *arguments: Any) -> Compiled:
        self._tidy()
        if _NO_TEXT.search(text):
            raise FeelError("An expression cannot hold a null character or half of one. Write it again.")
        found = self._call(function, text, text, *arguments)
        compiled = Compiled(found.get("id", -1), tuple(found["wanted"]), frozenset(found["reads"]))
        self._compiled[kind, text] = compiled
        return compiled

    def _tidy(self) -> None:
        """Forget everything compiled once it is much: what is still used is compiled again at its next use."""
        if len(self._compiled) > REMEMBERED or self._functions["remembered"]() > REMEMBERED:
            self._functions["forget"]()
            self._compiled.clear()
            self._models.clear()

    def _call(self, function: str, text: str, *arguments: Any) -> Any:
        began = thread_time()
        try:
            result = self._functions[function](*arguments)
        except quickjs.StackOverflow:
            self.sound = False
            raise FeelError(f"{_quoted(text)} is nested too deeply. Make it simpler.") from None
        except quickjs.JSException as error:
            message = str(error).splitlines()[0]
            if message.startswith(NEEDS_ZONE):
                self._functions["keepZone"](*_zone(message.removeprefix(NEEDS_ZONE)))
                return self._call(function, text, *arguments)
            raise self._trouble(text, message, thread_time() - began) from None
        try:
            return orjson.loads(result) if isinstance(result, str) else result
        except orjson.JSONDecodeError as error:
            raise FeelError(f"{_quoted(text)} gives what cannot be kept as JSON: {error}.") from error

    def _trouble(self, text: str, message: str, seconds: float) -> FeelError:
        if message == "InternalError: interrupted":
            self.sound = False
            kind = Crowded if seconds < self._limit[0] * NEARLY else FeelError
            return kind(f"{_quoted(text)} takes longer than {SECONDS:g} second of computing and was stopped. Make it simpler.")
        if message in ("InternalError: out of memory", "null"):  # not even an error object could be made
            self.sound = False
            return FeelError(f"{_quoted(text)} needs too much memory and was stopped. Make it simpler.")
        said = _sentence(message)
        return FeelError(f"{_quoted(text)}: {said}" if text else said)


_FUNCTIONS = (
    "compile", "run", "passes", "render", "templateNames", "examine", "keepModel", "decide", "keepZone", "remembered", "forget",
)  # fmt: skip


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= 120 else line[:117] + '…'}”"


def _sentence(message: str) -> str:
    said = re.sub(r"^\w*Error: ", "", message)
    return said if said.endswith((".", "?", "!")) else said + "."


def _json(wanted: tuple[str, ...], variables: Mapping[str, Any]) -> str:
    return _dump({name: variables[name] for name in wanted if name in variables}) if wanted else "{}"


def _dump(values: Any) -> str:
    try:
        return orjson.dumps(values).decode()
    except TypeError as error:
        raise FeelError(f"A variable holds what is not JSON: {error}.") from error


def _instant(now: datetime | None) -> float:
    # JavaScript's dates want whole milliseconds; a float, because the binding cuts whole numbers to 32 bits.
    return float(int((now or clock.now()).timestamp() * 1000))


def _zone(name: str) -> tuple[str, str]:
    """A zone's name, and how its clock changes."""
    return name, _dump(zones.changes(name))
