"""What an answer cites: numbers that stand for no passage go, statements without one are named."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from cards.assistant.prompt import NOT_HELD

UNKNOWN = "(?)"
FEWEST_WORDS = 4  # less is no statement: "Yes.", "For example:"
_CITED = re.compile(r"[ \t]{0,4}\[(\d{1,3}(?:[ \t]*[,;][ \t]*\d{1,3})*)\]")
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_END = re.compile(
    r"(?<=[.!?…])(?<!e\.g\.)(?<!i\.e\.)[\"”’)]*(?:[ \t]{0,4}\[\d[\d,; ]*\])*"
    r"(?:\s+(?=[^a-z\s])|\s*\Z)|\n+"
)
_OPENS = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Cited:
    """An answer whose every citation stands for a passage; plain text."""

    text: str
    used: tuple[int, ...] = ()  # numbers of passages, in the order in which they are first cited
    dropped: tuple[str, ...] = ()  # citations of what was not among the passages
    uncited: tuple[str, ...] = ()  # statements that rest on nothing shown


def read_citations(answer: str, numbers: Sequence[int]) -> Cited:
    """Check an answer against the numbers of the passages that it was given."""
    used: dict[int, None] = {}
    dropped: list[str] = []

    def checked(found: re.Match[str], gap: str = "") -> str:
        cited = _numbers(found[1])
        good = list(dict.fromkeys(one for one in cited if one in numbers))
        dropped.extend(f"[{one}]" for one in cited if one not in numbers)
        used.update(dict.fromkeys(good))
        space = found[0][: found[0].index("[")]
        return f"{space}[{', '.join(map(str, good))}]" if good else gap

    once = _outside_code(answer.strip(), checked)
    # What went may have stood inside another, [[9]1]; a sign in its place makes no third.
    text = _outside_code(once, partial(checked, gap=UNKNOWN))
    return Cited(text, tuple(used), tuple(dict.fromkeys(dropped)), tuple(_uncited(text)))


def renumbered(cited: Cited) -> Cited:
    """Return the same answer with the passages it uses counted from 1, in that order."""
    places = {number: place for place, number in enumerate(cited.used, 1)}

    def moved(found: re.Match[str]) -> str:
        space = found[0][: found[0].index("[")]
        kept = [str(places[one]) for one in _numbers(found[1]) if one in places]
        return f"{space}[{', '.join(kept)}]"

    text = _outside_code(cited.text, moved)
    return Cited(text, tuple(places.values()), cited.dropped, cited.uncited)


def _numbers(listed: str) -> list[int]:
    return [int(one) for one in re.split(r"[\s,;]+", listed)]


def _outside_code(text: str, replace: Callable[[re.Match[str]], str]) -> str:
    """Replace citations, but not what looks like one in code."""
    pieces, end = [], 0
    for code in _CODE.finditer(text):
        pieces += [_CITED.sub(replace, text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*pieces, _CITED.sub(replace, text[end:])])


def _uncited(text: str) -> Iterator[str]:
    prose = _CODE.sub(lambda code: "" if code[0].startswith("```") else code[0], text)
    for whole in _sentences(prose):
        sentence = _OPENS.sub("", whole.strip(), count=1)
        if sentence.endswith(("?", ":")) or NOT_HELD.rstrip(".") in sentence:
            continue
        if len(sentence.split()) >= FEWEST_WORDS and not _CITED.search(sentence):
            yield sentence


def _sentences(text: str) -> Iterator[str]:
    """Each sentence with the citations right behind its full stop."""
    start = 0
    for end in _END.finditer(text):
        yield text[start : end.end()]
        start = end.end()
    yield text[start:]
