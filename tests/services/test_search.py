import pytest

from cards.models import *
from cards.services import search

pytestmark = pytest.mark.django_db


def test_try(sam, bank):
    for t in [
        "attention",
        "quantiz",
        "kv-cache",
        "KV cache",
        "tokenizat",
        "C++",
        "why is",
        "biases",
        '"',
        "*",
        "AND",
        "finetuning",
        "fine-tuning",
        "retrieval augmented",
    ]:
        hits = search.find(sam, t, limit=4)
        print(repr(t), len(search.find(sam, t, limit=400)))
        for h in hits:
            print(
                "    ",
                h.question_id,
                round(h.score, 3),
                h.passage.field,
                h.passage.heading,
                "|",
                "".join(f"[{r.text}]" if r.is_hit else r.text for r in h.passage.runs),
            )
