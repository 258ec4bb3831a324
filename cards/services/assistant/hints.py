"""Graded hints: help before the answer is shown, which gives none of it away."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cards.models import Question

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Hints:
    """What may be opened, one inside the other; empty parts are left out."""

    hint: str  # the question's own
    points: int  # how many there are
    essential: int  # of these
    cues: tuple[str, ...]


def hints_of(question: Question) -> Hints:
    """Return the hints of a question; what says a key point or a misconception is no hint."""
    points = question.points
    secrets = [_plain(text) for text in (*(one["text"] for one in points), *_wrong(question))]
    cues = dict.fromkeys(str(point.get("cue") or "").strip() for point in points)
    return Hints(
        hint="" if _tells(question.hint, secrets) else question.hint,
        points=len(points),
        essential=sum(bool(point["essential"]) for point in points),
        cues=tuple(cue for cue in cues if cue and not _tells(cue, secrets)),
    )


def _wrong(question: Question) -> Iterable[str]:
    return map(str, question.misconceptions)


def _plain(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _tells(text: str, secrets: Iterable[str]) -> bool:
    plain = _plain(text)
    return any(secret.strip() and secret in plain for secret in secrets)
