"""The models that a decision model imports: found among the files beside it, by their namespace and where they are said to lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from .boxed import local

PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


@dataclass(frozen=True)
class Import:
    """What one model calls another."""

    alias: str
    namespace: str
    location: str

    @classmethod
    def of(cls, node: Any) -> Import:
        return cls(node.get("name") or "", node.get("namespace") or "", node.get("locationURI") or "")


class Library:
    """The other files, each read when it is first asked for."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._roots: dict[str, Any] | None = None

    def find(self, wanted: Import) -> Any:
        """The root of the model that is imported, or None. Of several with its namespace the one that lies where it is said to."""
        if self._roots is None:
            self._roots = {path: root for path, content in sorted(self._files.items()) if (root := _root(content)) is not None}
        named = {path: root for path, root in self._roots.items() if root.get("namespace") == wanted.namespace}
        there = [root for path, root in named.items() if wanted.location and path.endswith(wanted.location)]
        return next(iter(there or named.values()), None)


def _root(content: bytes) -> Any:
    try:
        root = etree.fromstring(content, PARSER)
    except etree.XMLSyntaxError:
        return None  # told where that file is read itself
    return root if local(root) == "definitions" else None
