"""The navigation leads only where a person has something to see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine import deployments
from engine.database import Sessions, transaction
from engine.identity import Actor
from tests.visitors import Visitor

ALLOTMENT = Path(__file__).parent.parent / "procedures" / "allotment"


def test_the_board_is_offered_to_those_who_see_cases_and_problems_to_administrators(
    sessions: Sessions, person: Callable[..., Actor], sign_in: Callable[[Actor], Visitor]
) -> None:
    with transaction(sessions) as session:
        deployments.deploy(session, deployments.read([ALLOTMENT]))
    secretary, digger, administrator = (
        person("Sana Kaur", "secretary"),
        person("Dov Levy", "digger"),
        person("Ada Admin", "administrator"),
    )

    offered = {actor.name: sign_in(actor).open("/tasks").links("Where cases stand") != [] for actor in (secretary, digger, administrator)}
    problems = {actor.name: sign_in(actor).open("/tasks").links("Problems") != [] for actor in (secretary, digger, administrator)}

    assert offered == {"Sana Kaur": True, "Dov Levy": False, "Ada Admin": False}
    assert problems == {"Sana Kaur": False, "Dov Levy": False, "Ada Admin": True}
