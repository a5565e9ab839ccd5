"""Item definitions: the types that a model makes for itself, each as the small dict that engine/feel/js/itemtypes.mjs reads."""

from __future__ import annotations

from typing import Any

from .boxed import child, children, text_of, type_of

Definition = dict[str, Any]


def definitions(root: Any) -> dict[str, Definition]:
    """Every type of a file, by its name."""
    return {node.get("name"): definition(node) for node in children(root, "itemDefinition") if node.get("name")}


def definition(node: Any) -> Definition:
    components = [[part.get("name"), definition(part)] for part in children(node, "itemComponent")]
    made: Definition = {
        "type": type_of(node),
        "collection": node.get("isCollection") == "true",
        "values": text_of(child(node, "allowedValues")),
        "constraint": text_of(child(node, "typeConstraint")),
    }
    if components:
        made["components"] = components
    item = child(node, "functionItem")
    if item is not None:
        made["result"] = item.get("outputTypeRef") or "Any"
        made["parameters"] = [type_of(part) for part in children(item, "parameters")]
    return made
