"""The shared bank as plain values, for `export_bank`."""

from collections.abc import Iterator
from typing import Any

from cards.models import Question
from cards.services.bank.content import points_as_written

PLAIN = ("slug", "prompt", "level", "hint", "answer", "misconceptions", "references")


def export_bank() -> Iterator[dict[str, Any]]:
    """Yield every question of the shared bank in bank order."""
    questions = Question.objects.filter(owner=None).active().select_related("category")
    for question in questions.in_bank_order():
        yield {name: getattr(question, name) for name in PLAIN} | {
            "category": question.category.slug,
            "minutes": question.minutes,
            "key_points": points_as_written(question),
            "follow_ups": [
                {"prompt": follow_up["prompt"], "answer": follow_up["answer"]}
                for follow_up in question.follow_ups
            ],
            "related": question.related,
        }
