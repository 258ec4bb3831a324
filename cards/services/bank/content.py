"""What a question says, as plain values: what a version keeps, and what can be stored again."""

from collections.abc import Mapping
from typing import Any

from cards.models import Question
from cards.services.bank.types import BankPoint, BankQuestion

TEXTS = ("prompt", "answer", "hint", "level", "minutes")
LISTS = ("misconceptions", "follow_ups", "references", "related")


def content_of(question: Question) -> dict[str, Any]:
    """Return what the question says now, in the form in which versions are kept."""
    content = {name: getattr(question, name) for name in (*TEXTS, *LISTS)}
    return content | {"points": question.points, "category": question.category_id}


def entry_of(content: Mapping[str, Any], slug: str = "") -> BankQuestion:
    """Return the entry that says what this content says; where it stands is left open."""
    follow_ups = [{"prompt": f["prompt"], "answer": f["answer"]} for f in content["follow_ups"]]
    return BankQuestion(
        slug=slug,
        **{name: content[name] for name in TEXTS},
        key_points=tuple(
            BankPoint(point["key"], point["text"], point["essential"], point.get("cue", ""))
            for point in content["points"]
        ),
        misconceptions=list(content["misconceptions"]),
        follow_ups=follow_ups,
        references=list(content["references"]),
        related=list(content["related"]),
        checked_on=None,
    )


def points_as_written(question: Question) -> list[dict[str, Any]]:
    """Return the key points as a question file has them; a cue only where there is one."""
    return [
        {"id": point["key"], "text": point["text"], "essential": point["essential"]}
        | ({"cue": point["cue"]} if point.get("cue") else {})
        for point in question.points
    ]
