"""How the pools of a file hang together: which process each one holds, and the message flows between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .extensions import BPMN


@dataclass(slots=True)
class Collaboration:
    """The pools of one file or several."""

    pools: dict[str, str] = field(default_factory=dict)  # participant → its process; "" for one that is drawn empty
    flows: list[tuple[str, str]] = field(default_factory=list)  # message flows, each from and to an element or a pool

    def targets(self, element: str, process: str) -> set[str]:
        """Where the message flows from an element, or else from its pool, lead to: elements, and processes for whole pools."""
        ends = [target for source, target in self.flows if source == element]
        if not ends:
            pools = {pool for pool, inside in self.pools.items() if inside == process}
            ends = [target for source, target in self.flows if source in pools]
        return {self.pools.get(end) or end for end in ends}

    def add(self, other: Collaboration) -> None:
        """Put another file's beside it."""
        self.pools |= other.pools
        self.flows += other.flows


def read_collaboration(root: Any) -> Collaboration:
    pools = {node.get("id", ""): node.get("processRef", "") for node in root.iter(BPMN + "participant")}
    flows = [(node.get("sourceRef", ""), node.get("targetRef", "")) for node in root.iter(BPMN + "messageFlow")]
    return Collaboration(pools, flows)
