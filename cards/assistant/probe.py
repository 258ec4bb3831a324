"""The interviewer who asks on: one question about an attempt, three times at most."""

import re
from collections.abc import Sequence

from cards.assistant.fence import cut, fenced, harmless, line
from cards.assistant.opinion import MOST_OF_ATTEMPT, MOST_OF_POINT, MOST_OF_PROMPT, MOST_POINTS
from cards.assistant.prompt import DATA_RULE, SYSTEM, USER, Message

MOST_PROBES, MOST_OF_PROBE = 3, 300
RULES = f"""\
You are the interviewer. Ask the learner one short question that goes deeper into what they said,
or leads to what they left out, without giving it away. Ask about what no earlier question asked.
Write that one question and nothing else, in plain text of at most {MOST_OF_PROBE} characters.
{DATA_RULE}"""
_LEAD = re.compile(r"^(?:[\s\"“'*#>-]|\d{1,2}[.)]\s|(?:question|interviewer)\s*:)*", re.IGNORECASE)
_BEFORE = re.compile(r"(?<=[.!])\s+|\n+")


def probe_messages(
    prompt: str, points: Sequence[str], attempt: str, earlier: Sequence[tuple[str, str]] = ()
) -> tuple[Message, ...] | None:
    """Return what asks a model for the next question; None after three.

    `earlier` are the questions asked so far, each with what the learner answered.
    """
    if len(earlier) >= MOST_PROBES:
        return None
    listed = "\n".join(f"- {line(one, MOST_OF_POINT)}" for one in points[:MOST_POINTS])
    parts = [
        fenced("question", harmless(prompt, MOST_OF_PROMPT)),
        fenced("what a whole answer says; the learner does not see it", listed),
        fenced("the learner's answer", harmless(attempt, MOST_OF_ATTEMPT)),
    ]
    for asked, answered in earlier:
        parts.append(fenced("you asked", harmless(asked, MOST_OF_PROBE)))
        parts.append(fenced("the learner answered", harmless(answered, MOST_OF_ATTEMPT)))
    return Message(SYSTEM, RULES), Message(USER, "\n\n".join(parts))


def one_question(answer: str) -> str:
    """Return the first question of what a model wrote, cut to size; empty where it asks nothing."""
    before, mark, _ = answer.partition("?")
    if not mark:
        return ""
    words = _LEAD.sub("", _BEFORE.split(before.strip())[-1]).strip()
    return cut(f"{words}?", MOST_OF_PROBE) if words else ""
