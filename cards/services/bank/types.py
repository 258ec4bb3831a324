"""A question as it stands in a file."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any


class BankError(Exception):
    """A file that cannot be taken: where, and why."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class BankPoint:
    """One key point; its id is stable for ever."""

    id: str
    text: str
    essential: bool
    cue: str = ""  # what a drill asks; empty: the point's place


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """Everything one file says."""

    slug: str
    prompt: str
    answer: str
    level: int
    minutes: int
    hint: str
    key_points: tuple[BankPoint, ...]
    misconceptions: list[str]
    follow_ups: list[dict[str, Any]]
    references: list[dict[str, Any]]
    related: list[str]
    checked_on: date | None
    second_read_on: date | None = None


@dataclass(frozen=True, slots=True)
class BankCategory:
    """A category with its questions in order."""

    slug: str
    name: str
    description: str
    hue: int
    questions: tuple[BankQuestion, ...]
