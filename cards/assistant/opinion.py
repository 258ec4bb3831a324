"""A second opinion on an attempt: which key points were said, with the words that say so.

It is never a grade. A verdict holds only as far as the attempt holds the words it quotes.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cards.assistant.fence import fenced, harmless, line
from cards.assistant.prompt import DATA_RULE, SYSTEM, USER, Message

SAID, PARTLY, NOT_SAID, UNSURE = "said", "partly", "not said", "unsure"
VERDICTS = (SAID, PARTLY, NOT_SAID, UNSURE)
MOST_POINTS, MOST_OF_POINT, MOST_OF_PROMPT, MOST_OF_ATTEMPT = 30, 400, 2000, 8000
SHORTEST_QUOTE = 3  # folded characters: less stands in any attempt
MOST_OF_QUOTE = 300
RULES = f"""\
You compare a learner's answer with the key points of a model answer. You give no grade.
For each key point say whether the answer says it: "{SAID}", "{PARTLY}", "{NOT_SAID}" or, where
you cannot tell, "{UNSURE}". For "{SAID}" and "{PARTLY}" quote the very words of the answer that
say so, copied letter by letter. The meaning counts, not the wording.
Write JSON and nothing else: {{"points": [{{"id": "…", "verdict": "…", "quote": "…"}}]}}
{DATA_RULE}"""
_BLOCK = re.compile(r"```[a-zA-Z]*\s*\n?(.*?)```", re.DOTALL)
_ALIKE = str.maketrans("‘’‚‛“”„‟«»‹›–—‐‑−…", "''''\"\"\"\"\"\"''-----.")


class MalformedError(ValueError):
    """What came back is not what was asked for; says in what way."""


@dataclass(frozen=True, slots=True)
class Point:
    """A key point that is looked for."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a point was said, and the words of the attempt that say it."""

    word: str  # one of VERDICTS
    quote: str = ""


Opinion = Mapping[str, Verdict]  # by the point's id


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A point on which the learner and the second opinion differ."""

    id: str
    learner: str
    opinion: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often two judges said the same."""

    count: int
    fraction: float | None  # None where there is nothing to compare
    kappa: float | None  # None where it is not defined: both said one word throughout


def opinion_messages(prompt: str, points: Sequence[Point], attempt: str) -> tuple[Message, ...]:
    """Return what asks a model which points an attempt says."""
    listed = "\n".join(
        f"id {line(one.id, 80)}: {line(one.text, MOST_OF_POINT)}" for one in points[:MOST_POINTS]
    )
    parts = (
        fenced("question", harmless(prompt, MOST_OF_PROMPT)),
        fenced("key points", listed),
        fenced("the learner's answer", harmless(attempt, MOST_OF_ATTEMPT)),
    )
    return Message(SYSTEM, RULES), Message(USER, "\n\n".join(parts))


def read_opinion(answer: str, points: Sequence[Point], attempt: str) -> dict[str, Verdict]:
    """Read what a model wrote: every point asked about gets a verdict, no other does."""
    given = dict(_rows(answer))
    held = _folded(attempt)
    return {one.id: _checked(given.get(one.id), held) for one in points}


def disagreements(learner_ticks: Mapping[str, str], opinion: Opinion) -> tuple[Disagreement, ...]:
    """Return the points that both judged, and differently; an unsure word contradicts nothing."""
    return tuple(
        Disagreement(one, learner_ticks[one], verdict.word)
        for one, verdict in opinion.items()
        if one in learner_ticks
        and UNSURE not in {learner_ticks[one], verdict.word}
        and learner_ticks[one] != verdict.word
    )


def agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """Say how often the learner's word and the opinion's are the same; unsure ones do not count.

    Kappa is that share beyond what chance would give two judges who use each word as often as
    these do: Cohen (1960), A coefficient of agreement for nominal scales, Educational and
    Psychological Measurement 20(1), 37-46.
    """
    kept = [pair for pair in pairs if UNSURE not in pair]
    count = len(kept)
    if not count:
        return Agreement(0, None, None)
    same = sum(first == second for first, second in kept)
    by_chance = sum(
        sum(first == word for first, _ in kept) * sum(second == word for _, second in kept)
        for word in VERDICTS
    )
    if by_chance == count * count:
        return Agreement(count, same / count, None)
    kappa = (count * same - by_chance) / (count * count - by_chance)
    return Agreement(count, same / count, kappa)


def _rows(answer: str) -> Iterable[tuple[str, Verdict]]:
    block = _BLOCK.search(answer)
    try:
        read = json.loads((block[1] if block else answer).strip())
    except (ValueError, RecursionError) as error:
        raise MalformedError("The answer is not JSON.") from error
    rows = read.get("points") if isinstance(read, dict) else read
    if not isinstance(rows, list):
        raise MalformedError("The answer has no list of points.")
    for row in rows:
        if not isinstance(row, dict) or row.get("verdict") not in VERDICTS:
            raise MalformedError("A point of the answer has no verdict of the four.")
        quote = row.get("quote")
        yield str(row.get("id")), Verdict(row["verdict"], quote if isinstance(quote, str) else "")


def _checked(verdict: Verdict | None, held: str) -> Verdict:
    if verdict is None or verdict.word == UNSURE:
        return Verdict(UNSURE)
    if verdict.word == NOT_SAID:
        return Verdict(NOT_SAID)
    quote = _folded(verdict.quote)
    if len(quote) < SHORTEST_QUOTE or quote not in held:
        return Verdict(UNSURE)
    return Verdict(verdict.word, verdict.quote.strip()[:MOST_OF_QUOTE])


def _folded(text: str) -> str:
    """Fold white space, case, compatible letters and typographic signs."""
    plain = unicodedata.normalize("NFKC", text.translate(_ALIKE)).replace("...", ".")
    return " ".join(plain.casefold().split())
