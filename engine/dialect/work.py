"""Activities that somebody does: user tasks and jobs wait, parked with everything evaluated once; FEEL and decisions run at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine import calendars
from engine.errors import Trouble

from . import retries
from .library import SpiffTask
from .nodes import Node, unquoted
from .scopes import visible

if TYPE_CHECKING:
    from .instance import Instance

WORK = "work"  # in internal_data: what a parked token waits with
PRIORITIES = range(101)


class Work(Node):
    """Waits for whoever is to do it."""

    def act(self, task: SpiffTask) -> None:
        self.enter(task)
        task.internal_data[WORK] = {key: value for key, value in self.evaluated(task).items() if value not in (None, "", [], {})}

    def evaluated(self, task: SpiffTask) -> dict[str, Any]:
        """What the element says about the work, for this token."""
        raise NotImplementedError

    def attribute(self, task: SpiffTask, part: str, name: str) -> Any:
        return self.value(task, self.element.zeebe.get(part, name))


class UserTask(Work):
    """Waits for a person."""

    def evaluated(self, task: SpiffTask) -> dict[str, Any]:
        assignment = "assignmentDefinition"
        groups, users = self._many(task, "candidateGroups"), self._many(task, "candidateUsers")
        return {
            "form": self._text(self.attribute(task, "formDefinition", "formId"), "The form"),
            "assignee": self._text(self.attribute(task, assignment, "assignee"), "The assignee"),
            "groups": groups or ([self.element.lane] if self.element.lane and not users else []),
            "users": users,
            "due": self._moment(task, "dueDate", end=True),
            "follow_up": self._moment(task, "followUpDate", end=False),
            "priority": self._priority(task),
            "properties": {name: self.value(task, text) for name, text in self.element.zeebe.properties.items()},
        }

    def _text(self, value: Any, what: str) -> str | None:
        if value is not None and not isinstance(value, str):
            raise Trouble(f"{what} is not a text. Correct the expression or the variables in it.")
        return value

    def _many(self, task: SpiffTask, name: str) -> list[str]:
        """Names: a list in FEEL, or a text with commas."""
        value = self.attribute(task, "assignmentDefinition", name) or []
        names = value.split(",") if isinstance(value, str) else value
        if not isinstance(names, list) or not all(isinstance(entry, str) for entry in names):
            raise Trouble(f"“{name}” is neither a text nor a list of texts. Correct the expression or the variables in it.")
        return [entry.strip() for entry in names if entry.strip()]

    def _moment(self, task: SpiffTask, name: str, *, end: bool) -> str | None:
        """A task due on a date is due in the last second of it, so that it is shown with that date and overdue on the next."""
        text = self._text(self.attribute(task, "taskSchedule", name), f"“{name}”")
        if not text:
            return None
        try:
            if end and calendars.is_date(text):
                return calendars.last_second(calendars.read_date(text)).isoformat()
            return calendars.instant(text).isoformat()
        except Trouble as error:
            raise Trouble(unquoted(str(error), self.element.zeebe.get("taskSchedule", name), text)) from error

    def _priority(self, task: SpiffTask) -> int | None:
        value = self.attribute(task, "priorityDefinition", "priority")
        if value in (None, ""):
            return None
        if isinstance(value, str) and value.isdecimal():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int | float) or int(value) not in PRIORITIES:
            raise Trouble("The priority is not a number from 0 to 100. Correct the expression or the variables in it.")
        return int(value)


class Job(Work):
    """Waits for a worker, which does it after the commit."""

    def evaluated(self, task: SpiffTask) -> dict[str, Any]:
        job_type = self.attribute(task, "taskDefinition", "type")
        if not isinstance(job_type, str) or not job_type:
            raise Trouble("The job type is not a text. Correct the expression or the variables in it.")
        tries, waits = self._retries(task)
        return {"type": job_type, "retries": tries, "back_off": list(waits)}

    def _retries(self, task: SpiffTask) -> tuple[int, tuple[str, ...]]:
        written = self.element.zeebe.get("taskDefinition", "retries"), self.element.zeebe.properties.get(retries.BACK_OFF, "")
        given = [self.value(task, text) for text in written]
        if isinstance(given[0], int | float) and not isinstance(given[0], bool):
            given[0] = str(int(given[0]))
        if not all(value is None or isinstance(value, str) for value in given):
            raise Trouble("The number of retries is not a number. Correct the expression or the variables in it.")
        try:
            return retries.plan(given[0] or "", given[1] or "")
        except Trouble as error:
            raise Trouble(unquoted(unquoted(str(error), written[0], given[0]), written[1], given[1])) from error


class Script(Node):
    """Computes with FEEL."""

    def act(self, task: SpiffTask) -> dict[str, Any]:
        self.enter(task)
        zeebe = self.element.zeebe
        name, expression = zeebe.get("script", "resultVariable"), zeebe.get("script", "expression")
        # Only a rehearsal knows scripts without a result variable: the entries of a context are then the results.
        result: dict[str, Any] = {name: self.value(task, expression)} if name else self.value(task, expression, want=dict)
        return result


class Rule(Node):
    """Asks a decision table."""

    def act(self, task: SpiffTask) -> dict[str, Any]:
        self.enter(task)
        top: Instance = task.workflow.top_workflow
        zeebe = self.element.zeebe
        decision = self.value(task, zeebe.get("calledDecision", "decisionId"), want=str)
        value, trace = top.specs.decide(decision, visible(task), top.at)
        top.note(task, "decided", {"decision": decision, "rules": trace})
        return {zeebe.get("calledDecision", "resultVariable"): value}
