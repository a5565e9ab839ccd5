"""A procedure whose cases are guarded by an access table, for tests of who may see what."""

from __future__ import annotations

from collections.abc import Sequence

from tests.diagrams import properties, throw, user_task
from tests.engine.standing import bundle

Rule = tuple[str, str, str, str, str, str]  # stage, size; who, what, own, right

DESCRIPTOR = b"""
key = "garden"
name = "Garden reports"
[start]
process = "p"
who = ["secretary"]
[reference]
prefix = "G-"
[access]
decision = "who_sees"
facts = ["size"]
stages = ["digging", "sowing", "over"]
classifications = ["case", "plan", "money", "sealed"]
[roles.secretary]
name = "Secretary"
[roles.treasurer]
name = "Treasurer"
[roles.neighbour]
name = "Neighbour"
[roles.warden]
name = "Warden"
per = "organisation"
[roles.guest]
name = "Guest"
per = "case"
[organisations.north]
name = "North field"
[organisations.south]
name = "South field"
"""
RULES: Sequence[Rule] = (
    ("", "", '"secretary"', '"*"', "", '"write"'),
    ("", "", '"secretary"', '"sealed"', "", '"none"'),
    ('"digging"', "", '["neighbour", "treasurer"]', '"case"', "", '"status"'),
    ('"sowing"', "", '"treasurer"', '["case", "money"]', "", '"read"'),
    ('"sowing"', '"large"', '"neighbour"', '"case"', "", '"status"'),
    ('"sowing"', "", '"guest"', '["case", "plan"]', "", '"read"'),
    ('"digging","sowing"', "", '"warden"', '"plan"', "true", '"read"'),
    ("", "", '"anyone"', '"case"', "true", '"status"'),
)
BODY = (
    throw("to_dig", "", properties(stage="digging"), name="Digging")
    + user_task("dig", properties(classification="plan"), form="do", candidateGroups="warden:north", name="Dig it over")
    + throw("to_sow", "", properties(stage="sowing"), name="Sowing")
    + user_task("sow", properties(classification="money"), form="do", candidateGroups="secretary", name="Buy the seed")
    + user_task("water", form="do", candidateGroups="secretary", name="Water")
    + throw("is_over", "", properties(stage="over"), name="Over")
)
ARROWS = "asked to_dig; to_dig dig; dig to_sow; to_sow sow; sow water; water is_over; is_over end"


def guarded(rules: Sequence[Rule] = RULES, body: str = BODY, arrows: str = ARROWS) -> dict[str, bytes]:
    """The files: dig (a plan, by a warden), sow (money), water (nothing said)."""
    return bundle(body, arrows) | {"procedure.toml": DESCRIPTOR, "who_sees.dmn": table(rules)}


def table(rules: Sequence[Rule]) -> bytes:
    """The access table with these rules."""
    inputs = "".join(f'<input id="i{n}"><inputExpression id="e{n}"><text>{n}</text></inputExpression></input>' for n in ("stage", "size"))
    outputs = "".join(f'<output id="o{name}" name="{name}"/>' for name in ("who", "what", "own", "right"))
    rows = "".join(_rule(number, rule) for number, rule in enumerate(rules))
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x"><decision id="who_sees" '
        f'name="Who sees"><decisionTable id="t" hitPolicy="COLLECT">{inputs}{outputs}{rows}</decisionTable></decision></definitions>'
    ).encode()


def _rule(number: int, rule: Rule) -> str:
    cells = "".join(f'<{"in" if n < 2 else "out"}putEntry id="r{number}{n}"><text>{cell}</text></{"in" if n < 2 else "out"}putEntry>'
                    for n, cell in enumerate(rule))  # fmt: skip
    return f'<rule id="r{number}">{cells}</rule>'
