"""What the assistant answers with."""

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """Who worded an answer."""

    BANK = "bank"  # nobody: passages of the bank as they stand
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that an answer rests on."""

    slug: str
    prompt: str  # of its question
    field: str  # prompt, point, answer, hint, misconception, follow-up or note
    heading: str  # of the answer's section, or the follow-up's question; may be empty
    quote: str  # its plain text
    score: float  # 0 to 1, the higher the better


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; without sources there is nothing in the bank that it could rest on."""

    answer: str  # plain text
    sources: tuple[Source, ...] = ()
    mode: Mode = Mode.BANK
    off_topic: bool = False
    language: str = ""  # English name of the one asked in; empty for English
