"""Fields of numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .model import Ask, Entry, Field, Option
from .sentences import Wrong, plural

DIGITS = 15  # as many as every part of the system can tell apart: numbers become JSON

_NUMBER = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:[, ][0-9]{3})+)(?:\.[0-9]+)?")


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    """A number as people type it: "1,200" and "-3.5", but no "1e9" and no "NaN"."""

    places: int | None = None  # how many after the point, at most
    step: float | None = None  # it must be a multiple of this

    def parse(self, entry: Entry, label: str, options: Sequence[Option]) -> int | float | None:
        text = "".join(entry.get("", ())[-1:]).strip().replace("\u2212", "-")
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise Wrong(f"{label} must be a number")
        if len(re.sub(r"[^0-9]", "", text).lstrip("0")) > DIGITS:
            raise Wrong(f"{label} must be a number of {DIGITS} digits or fewer")
        number = Decimal(text.replace(",", "").replace(" ", ""))
        return int(number) if number == number.to_integral_value() else float(number)

    def enter(self, value: Any, options: Sequence[Option]) -> dict[str, list[str]]:
        return {"": [spelt(value)]} if _is_number(value) else {}

    def complain(self, value: Any, label: str, ask: Ask) -> None:
        number = Decimal(str(value))
        self._complain_of_places(number, label)
        least, most = ask(self.rules.get("min")), ask(self.rules.get("max"))
        if _is_number(least) and number < Decimal(str(least)):
            raise Wrong(f"{label} must be {spelt(least)} or more")
        if _is_number(most) and number > Decimal(str(most)):
            raise Wrong(f"{label} must be {spelt(most)} or less")

    def _complain_of_places(self, number: Decimal, label: str) -> None:
        if self.places == 0 and number != number.to_integral_value():
            raise Wrong(f"{label} must be a whole number")
        exponent = number.normalize().as_tuple().exponent
        if self.places is not None and isinstance(exponent, int) and -exponent > self.places:
            raise Wrong(f"{label} must have no more than {plural(self.places, 'decimal place')}")
        if self.step is not None and number % Decimal(str(self.step)):
            raise Wrong(f"{label} must be a multiple of {spelt(self.step)}")

    def say(self, value: Any, options: Sequence[Option]) -> list[str]:
        return [f"{value:,}"] if _is_number(value) else super().say(value, options)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def spelt(value: Any) -> str:
    """A number with its digits only: no exponent, no ".0"."""
    number = Decimal(str(value))
    return f"{int(number)}" if number == number.to_integral_value() else f"{number:f}"
