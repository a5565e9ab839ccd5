"""Ids that a file refers to and does not have. Most engines pass over them; whoever drew the file meant something by each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .extensions import BPMN, local
from .source import ids

# The rest is asked for by those who read it: arrows, hosts, default flows, messages, calls. By the element that refers.
_ATTRIBUTES = {
    "association": ("sourceRef", "targetRef"),
    "messageFlow": ("sourceRef", "targetRef"),
    "participant": ("processRef",),
    "dataObjectReference": ("dataObjectRef",),
}
_TEXTS = {
    "lane": ("flowNodeRef",),
    "dataInputAssociation": ("sourceRef", "targetRef"),
    "dataOutputAssociation": ("sourceRef", "targetRef"),
}
_ARROWS = ("incoming", "outgoing")  # of whatever arrows lead to and from


def check_references(root: Any, wanted: Callable[[Any], bool], problem: Callable[[str, str], None]) -> None:
    """Name every element that refers to one which the file does not have. wanted: whether to look at an element at all."""
    if root.find(BPMN + "import") is not None:  # then it may lie in another file
        return
    known = ids(root)
    for node in root.iter(BPMN + "*"):
        for word, reference in _references(node):
            if reference and reference.rpartition(":")[2] not in known and wanted(node):
                problem(_named(node), f"{word} refers to “{reference}”, which this file does not have. Correct or remove it.")


def _references(node: Any) -> Iterator[tuple[str, str]]:
    for attribute in _ATTRIBUTES.get(local(node), ()):
        yield attribute, node.get(attribute) or ""
    for tag in (*_TEXTS.get(local(node), ()), *_ARROWS):
        for child in node.findall(BPMN + tag):
            yield tag, (child.text or "").strip()


def _named(node: Any) -> str:
    """The id by which people find it: its own, else that of what it is written in."""
    return next((around.get("id") for around in (node, *node.iterancestors()) if around.get("id")), "")
