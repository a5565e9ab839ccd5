"""Deputies: a person lets a colleague act as one of their roles for some time. A deputy cannot pass it on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import access, clock, identity, procedures
from .errors import Conflict, Invalid, NotFound
from .identity import Actor
from .models import Deputy, Membership, Person

LONGEST = timedelta(days=366)
LONGEST_REASON = 500  # characters

GONE = "There is no such deputy."


def roles_of(session: Session, actor: Actor) -> dict[str, str]:
    """The roles for which this person may name a deputy, with their names: those they hold themselves, in every case."""
    held = select(Membership.group).where(Membership.person_id == actor.id, Membership.instance_id.is_(None), identity.in_force())
    mine = set(session.scalars(held))
    return {
        group: deployed.procedure.group_name(group)
        for deployed in procedures.all_deployed(session)
        for group in sorted(mine)
        if deployed.procedure.role_of(group) is not None
    }


def name(
    session: Session, actor: Actor, *, group: str, email: str, starts_on: date | None, ends_on: date | None, reason: str
) -> Deputy:  # fmt: skip
    """Let a colleague act as this role from one day to another, both included. Raises Invalid with a sentence for each entry."""
    deputy = identity.by_email(session, email)
    problems = {
        "group": None if group in roles_of(session, actor) else "Choose one of your roles.",
        "email": _problem_with(session, actor, group, deputy),
        "starts_on": None if starts_on and starts_on >= clock.today() else "Enter today or a later day.",
        "ends_on": _problem_with_end(starts_on, ends_on),
        "reason": _problem_with_reason(reason),
    }
    if any(problems.values()) or deputy is None or starts_on is None or ends_on is None or actor.id is None:
        raise Invalid({field: problem for field, problem in problems.items() if problem})
    made = Deputy(
        person_id=actor.id, deputy_id=deputy.id, group=group, starts_on=starts_on, ends_on=ends_on, reason=reason.strip(),
        named_at=clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _problem_with(session: Session, actor: Actor, group: str, deputy: Person | None) -> str | None:
    if deputy is None or not deputy.active:
        return "Enter the email address of a colleague who has an account."
    if deputy.id == actor.id:
        return "You cannot be your own deputy. Enter a colleague’s email address."
    held = set(session.scalars(select(Membership.group).where(Membership.person_id == deputy.id, Membership.instance_id.is_(None))))
    try:
        access.keep_apart(session, {*held, group})
    except Conflict as error:
        return str(error)
    return "This colleague has that role already." if group in held else None


def _problem_with_end(starts_on: date | None, ends_on: date | None) -> str | None:
    first = max(starts_on or clock.today(), clock.today())
    if ends_on is None or ends_on < first:
        return "Enter the last day, not before the first."
    return "A deputy can be named for a year at most." if ends_on - first > LONGEST else None


def _problem_with_reason(reason: str) -> str | None:
    if not reason.strip():
        return "Say why, such as leave."
    return None if len(reason.strip()) <= LONGEST_REASON else f"Write the reason in at most {LONGEST_REASON} characters."


def end(session: Session, actor: Actor, deputy_id: int) -> Deputy:
    """End it before its last day: for who named the deputy, the deputy, and administrators. For everybody else it does not exist."""
    found = session.get(Deputy, deputy_id, with_for_update={"of": Deputy})
    if found is None or not (actor.id in (found.person_id, found.deputy_id) or access.is_administrator(actor)):
        raise NotFound(GONE)
    if found.ended_at is not None or found.ends_on < clock.today():
        raise Conflict("This is over already.")
    found.ended_at, found.ended_by = clock.now(), actor.id
    return found


def shown_to(session: Session, actor: Actor) -> Sequence[Deputy]:
    """Those that are not over and that this person has named or is; for administrators all of them. The first to begin comes first."""
    current = select(Deputy).where(Deputy.ended_at.is_(None), Deputy.ends_on >= clock.today()).order_by(Deputy.starts_on, Deputy.id)
    if not access.is_administrator(actor):
        current = current.where((Deputy.person_id == actor.id) | (Deputy.deputy_id == actor.id))
    return session.scalars(current).all()
