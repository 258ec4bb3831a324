"""The interviewer who asks on about an attempt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cards.assistant.probe import one_question, probe_messages
from cards.integrations.trouble import ModelError, Trouble
from cards.models import Learner, ModelUse
from cards.services.assistant.meter import OverLimitError, metered

MOST_TOKENS = 200  # of an answer


@dataclass(frozen=True, slots=True)
class Probe:
    """The next question; none, and the reason, where there was trouble."""

    question: str = ""
    trouble: str = ""


def next_probe(
    learner: Learner,
    prompt: str,
    points: Sequence[Mapping[str, Any]],
    attempt: str,
    earlier: Sequence[tuple[str, str]] = (),
    *,
    at: datetime,
) -> Probe | None:
    """Ask the model for one more question; None once three were asked.

    `earlier` are the questions asked so far, each with what the learner answered.
    """
    messages = probe_messages(prompt, [str(one["text"]) for one in points], attempt, earlier)
    if messages is None:
        return None
    try:
        with metered(learner, ModelUse.Purpose.PROBE, messages, MOST_TOKENS, at=at) as answer:
            return Probe(_read("".join(answer)))
    except (ModelError, OverLimitError) as error:
        return Probe(trouble=str(error))


def _read(answer: str) -> str:
    question = one_question(answer)
    if not question:
        raise ModelError(Trouble.NONSENSE)
    return question
