"""What the shipped bank must keep beyond being readable; docs/write-a-question.md says why.

Every fault is a sentence with its file. Nothing here asks the database or the clock.
"""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cards.markup import render
from cards.services.bank.reader import read_bank
from cards.services.bank.types import BankQuestion
from cards.services.bank.words import minutes_aloud, spoken_words
from cards.services.search import STOP
from cards.services.search.words import folded, parts, root, words

ANSWER_WORDS = (250, 600)
FOLLOW_UP_WORDS = (40, 120)
MOST_POINT_WORDS = 25
MOST_CUE_WORDS = 12
MOST_TOLD = 0.3  # of a point's telling words, that its cue may hold
MOST_COLUMNS = 4  # of a table: more do not fit a phone
FEWEST_WORDS_OF_A_PICTURE = 25
HALF_A_MINUTE = 0.55
HOW_MANY = {"key_points": (4, 8), "misconceptions": (1, 4), "follow_ups": (2, 4),
            "references": (2, 5), "related": (1, 4)}  # fmt: skip
ESSENTIALS = (2, 4)
DIAGRAM_BOX = "0 0 480 360"
_ARXIV = re.compile(r"https://arxiv\.org/abs/\d{4}\.\d{4,5}(v\d+)?")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]*)\)")
_ROW = re.compile(r"^\|(.*)\|\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class BankReport:
    """What was found: `faults` must be mended, `stale` should be read again."""

    questions: int
    faults: list[str]
    stale: list[str]


def check_bank(folder: Path, diagrams: Path, *, read_since: date) -> BankReport:
    """Check every file of a bank; raise BankError where one cannot even be read.

    `diagrams` is the folder of the pictures; what was last checked before `read_since` is stale.
    """
    questions = {
        folder / category.slug / f"{question.slug}.md": question
        for category in read_bank(folder)
        for question in category.questions
    }
    faults = [
        f"{path}: {fault}"
        for path, question in questions.items()
        for fault in question_faults(question, diagrams)
    ]
    faults += [f"{folder / 'prompts.txt'}: {fault}" for fault in _prompts(folder, questions)]
    faults += [f"{folder / 'ids.txt'}: {fault}" for fault in _ids(folder, questions)]
    stale = [
        f"{path}: last checked on {question.checked_on}"
        for path, question in questions.items()
        if question.checked_on and question.checked_on < read_since
    ]
    return BankReport(len(questions), faults, stale)


def question_faults(question: BankQuestion, diagrams: Path) -> Iterator[str]:
    """Yield what is wrong with one question."""
    yield from _counts(question)
    yield from _lengths(question)
    yield from _cues(question)
    yield from _formulas(question)
    yield from _pictures(question.answer, diagrams)
    yield from _references(question)
    if any(row.count("|") >= MOST_COLUMNS for row in _ROW.findall(question.answer)):
        yield f"A table has more than {MOST_COLUMNS} columns."
    if not question.hint:
        yield "There is no hint."
    if question.slug in question.related:
        yield "It is related to itself."
    if question.second_read_on is None or question.checked_on is None:
        yield "The day of checking or of the second reading is missing."


def known_ids(question: BankQuestion) -> Iterator[str]:
    """Yield the lines of ids.txt that stand for this question."""
    for point in question.key_points:
        yield f"{question.slug} {point.id}"


def _between(name: str, number: int, limits: tuple[int, int]) -> Iterator[str]:
    low, high = limits
    if not low <= number <= high:
        yield f"{name}: {number}, but there must be {low} to {high}."


def _counts(question: BankQuestion) -> Iterator[str]:
    for name, limits in HOW_MANY.items():
        yield from _between(name, len(getattr(question, name)), limits)
    essentials = sum(point.essential for point in question.key_points)
    yield from _between("essential points", essentials, ESSENTIALS)


def _lengths(question: BankQuestion) -> Iterator[str]:
    spoken = spoken_words(question.answer)
    yield from _between("words of the answer", spoken, ANSWER_WORDS)
    if abs(minutes_aloud(spoken) - question.minutes) > HALF_A_MINUTE:
        yield f"minutes: {question.minutes}, but read aloud it takes {minutes_aloud(spoken):.1f}."
    for point in question.key_points:
        if (long := spoken_words(point.text)) > MOST_POINT_WORDS:
            yield f"point {point.id}: {long} words, but at most {MOST_POINT_WORDS}."
    for follow_up in question.follow_ups:
        name = f"words of the follow-up “{follow_up['prompt']}”"
        yield from _between(name, spoken_words(str(follow_up["answer"])), FOLLOW_UP_WORDS)


def _cues(question: BankQuestion) -> Iterator[str]:
    """A cue asks for its point and for no other, without giving it away."""
    asked = _telling(question.prompt)
    cues = Counter(point.cue for point in question.key_points)
    for point in question.key_points:
        if not point.cue:
            yield f"point {point.id}: there is no cue."
        elif (long := spoken_words(point.cue)) > MOST_CUE_WORDS:
            yield f"the cue of {point.id}: {long} words, but at most {MOST_CUE_WORDS}."
        elif cues[point.cue] > 1:
            yield f"the cue of {point.id} asks for another point, too."
        telling = _telling(point.text) - asked
        told = telling & _telling(point.cue)
        if len(told) > MOST_TOLD * len(telling):
            yield f"the cue of {point.id} tells too much of it: {', '.join(sorted(told))}."


def _telling(text: str) -> set[str]:
    """The roots of the words that say something, and the numbers."""
    found = {folded(word) for _, _, word in words(text)} - STOP
    return {root(part) for word in found for part in parts(word)}


def _formulas(question: BankQuestion) -> Iterator[str]:
    texts = [question.prompt, question.hint, question.answer, *question.misconceptions]
    texts += [point.text for point in question.key_points]
    texts += [str(text) for one in question.follow_ups for text in one.values()]
    for text in texts:
        html = render(text)
        if "formula-error" in html or "<merror" in html:
            yield f"A formula cannot be read in “{text[:60]}…”."


def _pictures(answer: str, diagrams: Path) -> Iterator[str]:
    for said, address in _IMAGE.findall(answer):
        name = address.removeprefix("/static/diagrams/")
        path = diagrams / name
        if name == address or "/" in name or not path.is_file():
            yield f"The picture {address} does not exist."
            continue
        if spoken_words(said) < FEWEST_WORDS_OF_A_PICTURE:
            yield f"The words for the picture {name} do not carry what it shows."
        if ET.parse(path).getroot().get("viewBox") != DIAGRAM_BOX:  # noqa: S314 our own files
            yield f"The picture {name} must have viewBox “{DIAGRAM_BOX}”."


def _references(question: BankQuestion) -> Iterator[str]:
    for reference in question.references:
        url = str(reference["url"])
        if "arxiv.org" in url and not _ARXIV.fullmatch(url):
            yield f"{url} is not the address of an arXiv abstract."
        if not url.startswith("https://"):
            yield f"{url} must start with https://."
        if question.checked_on and not 1940 <= reference["year"] <= question.checked_on.year:
            yield f"{reference['title']}: the year {reference['year']} cannot be right."


def _prompts(folder: Path, questions: dict[Path, BankQuestion]) -> Iterator[str]:
    """The prompts stand in prompts.txt as they were given, to the letter."""
    given = set(_lines(folder / "prompts.txt"))
    for path, question in questions.items():
        if question.prompt not in given:
            yield f"The prompt of {path.name} is not among the given ones to the letter."
    for prompt in given - {question.prompt for question in questions.values()}:
        yield f"“{prompt}” is not asked by any file."


def _ids(folder: Path, questions: dict[Path, BankQuestion]) -> Iterator[str]:
    """The ids in ids.txt are for ever: history hangs on them."""
    shipped = set(_lines(folder / "ids.txt"))
    retired = {line.removesuffix(" retired") for line in shipped if line.endswith(" retired")}
    current = {line for question in questions.values() for line in known_ids(question)}
    for line in sorted(shipped - current - retired):
        if not line.endswith(" retired"):
            yield f"“{line}” is gone; if that is meant, write “{line} retired”."
    for line in sorted(current - shipped):
        yield f"“{line}” is new; add it, and it is for ever."


def _lines(path: Path) -> list[str]:
    if not path.exists():
        return []
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
