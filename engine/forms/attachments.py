"""Fields of files. Their bytes are documents; an answer only names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from .model import Ask, Entry, Field, Option
from .sentences import Wrong, listing

Files = Mapping[str, Sequence[Mapping[str, Any]]]  # control → {"id", "name", "size"} of each document attached there


@dataclass(frozen=True, kw_only=True)
class FilePicker(Field):
    """Files to attach."""

    multiple: bool = False
    kinds: tuple[str, ...] = ()  # the ends of names that are taken (".pdf"); all of them when empty

    empty: ClassVar[Any] = []
    verb: ClassVar[str] = "Attach"

    def parse(self, entry: Entry, label: str, options: Sequence[Option]) -> list[dict[str, Any]]:
        return []  # what is posted is bytes; the documents made of them are told by the caller

    def enter(self, value: Any, options: Sequence[Option]) -> dict[str, list[str]]:
        return {}

    def complain(self, value: Any, label: str, ask: Ask) -> None:
        if len(value) > 1 and not self.multiple:
            raise Wrong(f"{label} takes one file: take away those you do not mean")
        foreign = [file["name"] for file in value if self.kinds and not str(file["name"]).lower().endswith(tuple(self.kinds))]
        if foreign:
            raise Wrong(f"“{foreign[0]}” must be a file of one of these kinds: {listing(self.kinds, 'or')}")

    def say(self, value: Any, options: Sequence[Option]) -> list[str]:
        return [str(file["name"]) for file in attached(value)]


class FileNames(str):
    """The names of files, as words among others; it also tells which files they are."""

    __slots__ = ("files",)
    files: Sequence[Mapping[str, Any]]


def attached(value: Any) -> list[dict[str, Any]]:
    """The files in a known value: a list of them, or one."""
    every = value if isinstance(value, list) else [value]
    return [dict(file) for file in every if isinstance(file, Mapping) and {"id", "name"} <= file.keys()]


def named(value: Any) -> FileNames | None:
    """The names of the files in a value; None where it is anything else."""
    files = attached(value)
    if not files or len(files) != (len(value) if isinstance(value, list) else 1):
        return None
    names = FileNames(", ".join(str(file["name"]) for file in files))
    names.files = files
    return names
