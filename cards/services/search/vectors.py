"""Vectors of questions, where a model is configured: what is alike without sharing a word."""

from cards.integrations.embedding import closest, embedder
from cards.models import Question, SearchVector
from cards.models.content import QuestionQuerySet

CHUNK = 200


def embed_question(question: Question) -> None:
    """Keep the vector of what a question says now; none where no model is configured."""
    model = embedder()
    if model is None:
        SearchVector.objects.filter(question=question).delete()
        return
    (vector,) = model.embed([_text(question)])
    SearchVector.objects.update_or_create(
        question=question, defaults={"model": model.fingerprint, "vector": vector}
    )


def embed_missing() -> int:
    """Make the vectors that are missing or of another model; return how many."""
    model = embedder()
    if model is None:
        return 0
    ours = SearchVector.objects.filter(model=model.fingerprint).values("question")
    keys = list(Question.objects.exclude(pk__in=ours).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        questions = list(Question.objects.filter(pk__in=keys[start : start + CHUNK]).order_by("pk"))
        vectors = model.embed([_text(one) for one in questions])
        SearchVector.objects.filter(question__in=questions).delete()
        SearchVector.objects.bulk_create(
            SearchVector(question=question, model=model.fingerprint, vector=vector)
            for question, vector in zip(questions, vectors, strict=True)
        )
    return len(keys)


def alike(text: str, within: QuestionQuerySet, limit: int) -> list[tuple[int, float]]:
    """Return the questions closest in meaning and their cosine; nothing without a model."""
    model = embedder()
    if model is None or not text.strip():
        return []
    (asked,) = model.embed([text])
    stored = SearchVector.objects.filter(model=model.fingerprint, question__in=within)
    vectors = ((key, bytes(vector)) for key, vector in stored.values_list("question_id", "vector"))
    return closest(asked, vectors, limit)


def _text(question: Question) -> str:
    return "\n".join([question.prompt, *(str(point["text"]) for point in question.points)])
