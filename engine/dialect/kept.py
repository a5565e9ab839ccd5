"""A process's variables where they grow large: what did not change stays in chunks of its own, and is read when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any

Read = Callable[[str], Mapping[str, Any]]  # the variables of a chunk, by its id


class KeptVariables(MutableMapping[str, Any]):
    """Variables, some of them in chunks. A chunk is never changed: a new value stands beside it and hides the old one.

    here: what is in no chunk. chunk_of: for each other variable the chunk that has it. sizes: how many variables each chunk had at first.
    Values are not changed in place, only replaced.
    """

    def __init__(self, here: dict[str, Any], chunk_of: dict[str, str], sizes: Mapping[str, int], read: Read) -> None:
        self.here, self.chunk_of, self.sizes = here, chunk_of, dict(sizes)
        self._read, self._known = read, {}  # type: tuple[Read, dict[str, Mapping[str, Any]]]

    def __getitem__(self, name: str) -> Any:
        return self.here[name] if name in self.here else self._chunk(self.chunk_of[name])[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.here[name] = value
        self.chunk_of.pop(name, None)

    def __delitem__(self, name: str) -> None:
        if name in self.here:
            del self.here[name]
        else:
            del self.chunk_of[name]

    def __contains__(self, name: object) -> bool:
        return name in self.here or name in self.chunk_of

    def __iter__(self) -> Iterator[str]:
        return iter([*self.chunk_of, *self.here])

    def __len__(self) -> int:
        return len(self.chunk_of) + len(self.here)

    def _chunk(self, chunk: str) -> Mapping[str, Any]:
        if chunk not in self._known:
            self._known[chunk] = self._read(chunk)
        return self._known[chunk]

    def take_back(self, chunk: str) -> None:
        """Have what is left of a chunk here again, because most of it is hidden by newer values."""
        for name in [name for name, its in self.chunk_of.items() if its == chunk]:
            self[name] = self._chunk(chunk)[name]
