"""Reads question files; the first thing that is wrong stops it, with file and line.

`categories.yml` names the categories and the order of their questions; each question is
`<category>/<slug>.md`: YAML between two lines of `---`, then the answer in Markdown. The format is
described in docs/write-a-question.md.
"""

import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cards.services.bank.front import Front
from cards.services.bank.types import BankCategory, BankError, BankPoint, BankQuestion

LONGEST_FILE = 100_000  # bytes
FEWEST_POINTS, MOST_POINTS = 4, 8
NEEDED = ("slug", "prompt", "level", "minutes", "key_points")
MORE = ("hint", "misconceptions", "follow_ups", "references", "related", "checked_on")
KEYS = (*NEEDED, *MORE, "second_reading")


def read_bank(folder: Path) -> list[BankCategory]:
    """Return every category of the folder with its questions; raise BankError on any fault."""
    path = folder / "categories.yml"
    front = Front(path, decoded(path, _read(path)), 1)
    if not isinstance(front.values, list):
        raise front.fail("This must be a list of categories.")
    categories = [_category(folder, front, place) for place in range(len(front.values))]
    _require_unique(folder, categories)
    return categories


def read_question(path: Path) -> BankQuestion:
    """Return the question in one file, which must be complete; raise BankError on any fault."""
    return parse_question(path, decoded(path, _read(path)))


def decoded(path: Path, content: bytes) -> str:
    """Return the text of a file that came from anywhere; raise BankError if it is none."""
    if len(content) > LONGEST_FILE:
        raise BankError(path, 1, f"The file is larger than {LONGEST_FILE} bytes.")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise BankError(path, 1, "The file is not UTF-8 text.") from None


def parse_question(path: Path, text: str, *, is_complete: bool = True) -> BankQuestion:
    """Return the question that the text of a file holds; `path` is only for what is said.

    A question that need not be complete may leave out hint, misconceptions, follow-ups,
    references, related questions, date and points. Raises BankError on any fault.
    """
    parts = re.split(r"^---[ \t]*$\n?", text, maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0].strip():
        raise BankError(path, 1, "The file must start with front matter between two lines of ---.")
    front = Front(path, parts[1], 2)
    if not isinstance(front.values, dict):
        raise front.fail("The front matter must be “key: value” lines.")
    unknown = [key for key in front.values if key not in KEYS]
    if unknown:
        raise front.fail(f"“{unknown[0]}” is not a known key.", unknown[0])
    if not is_complete:
        front.values = _WITHOUT | front.values
    answer = parts[2].strip()
    if not answer:
        raise BankError(path, 2 + parts[1].count("\n") + 1, "The answer is missing.")
    if "\x00" in answer:
        raise BankError(path, 1, "The answer holds a character that cannot be stored.")
    return _question(front, answer, FEWEST_POINTS if is_complete else 0)


_WITHOUT: dict[str, Any] = {name: [] for name in ("key_points", *MORE)} | {
    "hint": None,
    "checked_on": None,
}


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST_FILE + 1)
    except FileNotFoundError:
        raise BankError(path, 1, "The file is missing.") from None


def _category(folder: Path, front: Front, place: int) -> BankCategory:
    slug = front.slug(place, "slug")
    hue: int = front.get(int, "a whole number", place, "hue")
    if not 0 <= hue < 360:
        raise front.fail("“hue” must be from 0 to 359.", place, "hue")
    names: list[str] = front.get(list, "a list", place, "questions")
    questions = []
    for number in range(len(names)):
        name = front.slug(place, "questions", number)
        question = read_question(folder / slug / f"{name}.md")
        if question.slug != name:
            path = folder / slug / f"{name}.md"
            raise BankError(path, 2, f"The slug “{question.slug}” is not the file's name.")
        questions.append(question)
    stray = sorted({path.stem for path in (folder / slug).glob("*.md")} - set(names))
    if stray:
        raise front.fail(f"{slug}/{stray[0]}.md is not listed.", place, "questions")
    return BankCategory(
        slug=slug,
        name=front.text(place, "name", longest=80),
        description=front.text(place, "description", longest=300),
        hue=hue,
        questions=tuple(questions),
    )


def _question(front: Front, answer: str, fewest_points: int) -> BankQuestion:
    if len(answer) > 20_000:
        raise front.fail("The answer is longer than 20,000 characters.")
    given = front.values
    return BankQuestion(
        slug=front.slug("slug"),
        prompt=front.text("prompt", longest=2000),
        answer=answer,
        level=front.number("level", 1, 3),
        minutes=front.number("minutes", 1, 60),
        hint="" if given.get("hint", "") is None else front.text("hint", longest=500),
        key_points=_key_points(front, fewest_points),
        misconceptions=[
            front.text("misconceptions", place, longest=500)
            for place in front.each("misconceptions")
        ],
        follow_ups=[
            {
                "prompt": front.text("follow_ups", place, "prompt", longest=500),
                "answer": front.text("follow_ups", place, "answer", longest=3000),
            }
            for place in front.each("follow_ups")
        ],
        references=[_reference(front, place) for place in front.each("references")],
        related=[front.slug("related", place) for place in front.each("related")],
        checked_on=None if given.get("checked_on", "") is None else front.day("checked_on"),
        second_read_on=_second_reading(front) if "second_reading" in given else None,
    )


def _second_reading(front: Front) -> date | None:
    front.text("second_reading", "found", longest=500)
    return front.day("second_reading", "read_on")


def _key_points(front: Front, fewest: int) -> tuple[BankPoint, ...]:
    points = tuple(
        BankPoint(
            id=front.slug("key_points", place, "id"),
            text=front.text("key_points", place, "text", longest=400),
            essential=front.get(bool, "true or false", "key_points", place, "essential"),
            cue=front.text_if_any("key_points", place, "cue", longest=200),
        )
        for place in front.each("key_points")
    )
    if not fewest <= len(points) <= MOST_POINTS:
        many = f"There must be {fewest} to {MOST_POINTS} key points, not {len(points)}."
        raise front.fail(many, "key_points")
    seen: set[str] = set()
    for place, point in enumerate(points):
        if point.id in seen:
            raise front.fail(f"The id “{point.id}” stands twice.", "key_points", place)
        seen.add(point.id)
    return points


def _reference(front: Front, place: int) -> dict[str, Any]:
    url = front.text("references", place, "url", longest=500)
    if not is_web_address(url):
        raise front.fail(f"“{url}” is not a web address.", "references", place, "url")
    return {
        "title": front.text("references", place, "title", longest=300),
        "authors": front.text("references", place, "authors", longest=300),
        "year": front.get(int, "a year", "references", place, "year"),
        "url": url,
    }


def is_web_address(url: str) -> bool:
    """Is it an address that a browser opens as a page, and nothing that runs?"""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _require_unique(folder: Path, categories: list[BankCategory]) -> None:
    where: dict[str, str] = {}
    for category in categories:
        for question in category.questions:
            if question.slug in where:
                path = folder / category.slug / f"{question.slug}.md"
                reason = f"The slug is taken by {where[question.slug]}/{question.slug}.md."
                raise BankError(path, 2, reason)
            where[question.slug] = category.slug
    for category in categories:
        for question in category.questions:
            for slug in question.related:
                if slug not in where:
                    path = folder / category.slug / f"{question.slug}.md"
                    raise BankError(path, 2, f"The related question “{slug}” does not exist.")
