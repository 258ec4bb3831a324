"""What a model says of an attempt, for tests of the pages around it."""

import json
import re
from itertools import cycle
from typing import Any
from uuid import uuid4

from cards.models import Question
from tests.model_server import Talk, answering, failing

ATTEMPT = "It predicts the next token, and training sets its weights."


def verdicts(question: Question, *rows: tuple[str, str]) -> str:
    """What a model answers: a word and a quote for each point, from the first on."""
    points = [
        {"id": str(point["id"]), "verdict": word, "quote": quote}
        for point, (word, quote) in zip(question.points, rows, strict=False)
    ]
    return json.dumps({"points": points})


def sent(attempt: str = ATTEMPT, **more: Any) -> dict[str, Any]:
    """What the form of a review sends."""
    return {"submission_id": str(uuid4()), "attempt": attempt} | more


def ticks(question: Question, *choices: int) -> dict[str, str]:
    """Ticks for the points, from the first on."""
    return {
        f"point-{point['id']}": str(choice)
        for point, choice in zip(question.points, choices, strict=False)
    }


def judging(talk: Talk) -> None:
    """A model that finds the beginning of any attempt, asks on, and fails where it is told to."""
    system, user = (one["content"] for one in talk.server.asked[-1]["messages"][:2])
    if "the model fails" in user:
        failing(500)(talk)
    elif "You are the interviewer" in system:
        asked = user.count("you asked")
        answering(f"What would change if {('the data', 'the loss', 'both')[asked]} did?")(talk)
    else:
        ids = re.findall(r"^id (\d+):", user, re.MULTILINE)
        attempt = user.partition("the learner's answer\n")[2].partition("\n>>>")[0]
        words = cycle((("said", attempt[:60]), ("partly", attempt[-400:]), ("not said", "")))
        rows = [
            {"id": one, "verdict": word, "quote": quote}
            for one, (word, quote) in zip(ids[:-1], words, strict=False)
        ]
        answering(json.dumps({"points": rows}))(talk)
