"""Moving a token, and what that passes by or does again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from .. import runtime
from ..errors import Invalid
from ..identity import Actor
from ..models import ProcessInstance
from ..spiff import ElementFacts
from .authority import act, find, reason_of, to_change
from .cases import elements_of
from .foresight import Foreseen, foresee

Elements = Mapping[str, ElementFacts]


@dataclass(frozen=True)
class Path:
    """What lies between where a token stands and where it is to go, by name."""

    skipped: list[str]  # will not happen
    repeated: list[str]  # will happen again
    unrelated: bool = False  # the one does not come after the other in either direction


def path(elements: Elements, source: str, target: str) -> Path:
    """What a move from one element to another passes by; going back, what comes again."""
    if source == target:
        return Path([], _names(elements, {source}))
    if (between := _between(elements, source, target)) is not None:
        return Path(_names(elements, between | {source}), [])
    if (between := _between(elements, target, source)) is not None:
        return Path([], _names(elements, between | {source, target}))
    return Path(_names(elements, {source}), [], unrelated=True)


def _between(elements: Elements, source: str, target: str) -> set[str] | None:
    """The elements on the ways from one to the other, or None where there is no way."""
    ahead = _reached(source, target, lambda element_id: elements[element_id].flows)
    if target not in ahead:
        return None
    return (ahead & _reached(target, source, lambda element_id: elements[element_id].incoming)) - {source, target}


def _reached(start: str, stop: str, onward: Callable[[str], list[str]]) -> set[str]:
    """Everything that can be reached without going through `stop`."""
    seen: set[str] = set()
    todo = list(onward(start))
    while todo:
        one = todo.pop()
        if one not in seen:
            seen.add(one)
            todo += onward(one) if one != stop else []
    return seen


def _names(elements: Elements, ids: set[str]) -> list[str]:
    """Their names as they are drawn; what has no name is a gateway or a bare event and says nothing to anybody."""
    return [element.name for ident, element in elements.items() if ident in ids and element.name]


def foresee_move(session: Session, actor: Actor, reference: str, token: UUID, target: str) -> tuple[Path, Foreseen]:
    """What moving this token there would do. Raises Invalid where it cannot be moved there, Conflict where it is gone."""
    instance = find(session, actor, reference)
    stands = runtime.looking(session, instance).at(token)
    foreseen = foresee(session, instance, lambda running: running.move(token, target))
    return path(elements_of(session, instance, stands), stands.element_id, target), foreseen


def move(
    session: Session, actor: Actor, reference: str, token: UUID, target: str, *, reason: str, seen: int | None = None
) -> ProcessInstance:
    """Take a token from where it waits to another element of the same scope."""
    instance = to_change(session, actor, reference, seen)
    why = reason_of(reason)
    if not target:
        raise Invalid({"target": "Choose where the case should go on."})
    stands = runtime.looking(session, instance).at(token)
    to = elements_of(session, instance, stands).get(target)
    told = act(actor, "token_moved", why, stands, to=target, to_name=to.name if to and to.name else target)
    with runtime.moving(session, instance, act=told, though_suspended=True) as running:
        running.move(token, target)
    return instance
