"""A second opinion on an attempt, which marks no card: the learner judges, and may compare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cards.assistant.opinion import (
    MOST_POINTS,
    NOT_SAID,
    PARTLY,
    SAID,
    MalformedError,
    Opinion,
    Point,
    Verdict,
    opinion_messages,
    read_opinion,
)
from cards.integrations.trouble import ModelError, Trouble
from cards.models import Learner, ModelUse
from cards.rubric import Recall
from cards.services.assistant.meter import OverLimitError, metered

TOKENS, TOKENS_PER_POINT = 200, 100  # of an answer
NOTHING = "There is no attempt, or nothing that it could be compared with."
_WORDS = {Recall.YES: SAID, Recall.PARTLY: PARTLY, Recall.NO: NOT_SAID}
_TICKS = {word: recall for recall, word in _WORDS.items()}


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """A verdict for each point by its id; none, and the reason, where there was trouble."""

    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    trouble: str = ""


def second_opinion(
    learner: Learner,
    prompt: str,
    points: Sequence[Mapping[str, Any]],
    attempt: str,
    *,
    at: datetime,
) -> SecondOpinion:
    """Ask the model which of a question's points (as in `Question.points`) the attempt says."""
    looked_for = [Point(str(one["id"]), str(one["text"])) for one in points][:MOST_POINTS]
    if not looked_for or not attempt.strip():
        return SecondOpinion(trouble=NOTHING)
    messages = opinion_messages(prompt, looked_for, attempt)
    most = TOKENS + TOKENS_PER_POINT * len(looked_for)
    try:
        with metered(learner, ModelUse.Purpose.OPINION, messages, most, at=at) as answer:
            return SecondOpinion(_read("".join(answer), looked_for, attempt))
    except (ModelError, OverLimitError) as error:
        return SecondOpinion(trouble=str(error))


def as_words(ticks: Mapping[str, int]) -> dict[str, str]:
    """Turn what the learner ticked into the words of an opinion, to be compared with it."""
    return {one: _WORDS[Recall(recall)] for one, recall in ticks.items()}


def as_ticks(verdicts: Opinion) -> dict[str, Recall]:
    """Turn verdicts into ticks; an unsure one is none."""
    return {
        one: _TICKS[verdict.word] for one, verdict in verdicts.items() if verdict.word in _TICKS
    }


def _read(answer: str, points: Sequence[Point], attempt: str) -> dict[str, Verdict]:
    try:
        return read_opinion(answer, points, attempt)
    except MalformedError:
        raise ModelError(Trouble.NONSENSE) from None
