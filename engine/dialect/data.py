"""Data as it is drawn: a data object is a variable of its scope, and a data association copies one for an activity.

Most modellers draw data as pictures only: an association says what it does where it names an input or output of the activity, or
has an assignment. Even then a plain copy of what is no variable changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .extensions import BPMN, Refuse, local
from .model import Element, Mapping

_OWN = ("dataInput", "dataOutput", "property")  # of an activity or event itself
_STORES = {"dataStoreReference", "dataStore"}
_ASSOCIATIONS = ("dataInputAssociation", "dataOutputAssociation")


class DataReader:
    """Reads the data elements of one file."""

    def __init__(self, root: Any) -> None:
        kinds = ("dataObject", "dataObjectReference", *_STORES, *_OWN)
        self._items = {node.get("id"): node for kind in kinds for node in root.iter(BPMN + kind) if node.get("id")}
        # The data objects that some association really fills or reads.
        self._used = {self._object(ref) for node in root.iter(*(BPMN + kind for kind in _ASSOCIATIONS)) for ref in self._refs(node)}

    def read(self, element: Element, node: Any, refuse: Refuse) -> None:
        """Add what associations do to what the element does by its mappings."""
        if element.scope is not None:
            element.zeebe.inputs[:0] = self._locals(node)
        element.zeebe.inputs += self._inputs(node, refuse)
        element.copies = self._outputs(node, refuse)

    def _inputs(self, node: Any, refuse: Refuse) -> list[Mapping]:
        """What an activity or event has for itself before it begins."""
        lines: list[Mapping] = []
        for association in node.findall(BPMN + "dataInputAssociation"):
            own = self._name(association.findtext(BPMN + "targetRef"), own=True)
            lines += self._said(association, own, refuse)
            outer = self._name(association.findtext(BPMN + "sourceRef"), own=False)
            if not _says(association) and own and outer and own != outer:
                lines.append(Mapping(f"={outer}", own, needs=outer))
        return lines

    def _outputs(self, node: Any, refuse: Refuse) -> list[Mapping]:
        """What is copied when it is done, beside its results."""
        lines: list[Mapping] = []
        for association in node.findall(BPMN + "dataOutputAssociation"):
            outer = self._name(association.findtext(BPMN + "targetRef"), own=False)
            lines += self._said(association, outer, refuse)
            own = self._name(association.findtext(BPMN + "sourceRef"), own=True)
            if not _says(association) and own and outer:
                lines.append(Mapping(f"={own}", outer, needs=own))
        return lines

    def _locals(self, node: Any) -> list[Mapping]:
        """The data objects and properties of a sub-process that associations use: variables of its own."""
        mine = [child for child in node if local(child) in ("dataObject", "property") and child.get("id") in self._used]
        return [Mapping("=null", name) for child in mine if (name := self._name(child.get("id"), own=False))]

    def _refs(self, association: Any) -> list[str]:
        """What an association is about, if it is more than a picture."""
        refs = [(ref.text or "") for kind in ("sourceRef", "targetRef") for ref in association.findall(BPMN + kind)]
        return refs if _says(association) or (len(refs) > 1 and all(self._name(ref, own=True) for ref in refs)) else []

    def _object(self, ref: str) -> str:
        node = self._items.get(ref)
        return (node.get("dataObjectRef") or ref) if node is not None else ref

    def _name(self, ref: str | None, *, own: bool) -> str:
        """The variable that an id stands for. `own`: one of the activity's own inputs, outputs and properties will do, too."""
        node = self._items.get(ref or "")
        if node is None or local(node) in _STORES or (not own and _is_of_an_activity(node)):
            return ""
        if (node.get("name") or "").startswith("__"):  # what a modeller puts there that needs something to point at
            return ""
        data = self._items.get(node.get("dataObjectRef") or "", node)
        names = [data.get("name"), node.get("name"), data.get("id"), node.get("id")]
        return next((name for name in names if name and name.isidentifier()), "")

    def _said(self, association: Any, otherwise: str, refuse: Refuse) -> Iterator[Mapping]:
        """The assignments and the transformation of an association."""
        said = [
            (child.findtext(BPMN + "from") or "", child.findtext(BPMN + "to") or "") for child in association.findall(BPMN + "assignment")
        ]
        said += [(child.text or "", "") for child in association.findall(BPMN + "transformation")]
        for source, target in ((source.strip(), target.strip().lstrip("= ") or otherwise) for source, target in said):
            if source and not source.startswith("="):
                refuse(f"The data association takes “{source}”, which is not FEEL. Write it with a leading “=”.")
            elif source and not all(part.isidentifier() for part in target.split(".")):
                refuse(f"The data association gives to “{target}”, which is not a variable name. Write one word of letters and digits.")
            elif source:
                yield Mapping(source, target)


def _says(association: Any) -> bool:
    return association.find(BPMN + "assignment") is not None or association.find(BPMN + "transformation") is not None


def _is_of_an_activity(node: Any) -> bool:
    """True for an input or output of an activity or event; those of a process are its variables."""
    return local(node) in ("dataInput", "dataOutput") and local(node.getparent().getparent()) != "process"
