"""What asking a question now is worth on the day of the interview."""

from cards.readiness.pace import SUCCESS_RATINGS
from cards.readiness.recall import AGAIN, GOOD, HARDEST, MemoryModel

# What is gained is looked at so many days ahead at most: over months every single answer fades to
# nothing, though it decides how well the next one goes. Found by simulation: docs/evidence.md.
HORIZON_DAYS = 10
EASING = sum(
    (GOOD - rating) * share for rating, share in zip((2, 3, 4), SUCCESS_RATINGS, strict=True)
)


def gain(model: MemoryModel, stability: float, difficulty: float, since: int, ahead: int) -> float:
    """Return how much recall `ahead` days from now rises if the question is asked now.

    `since` are the days since it was asked last. Success counts as Good.
    """
    decay, factor = model.decay, model.factor
    recall = model.recall(stability, since)
    kept = (1 + factor * ahead / model.recalled(stability, difficulty, recall, GOOD)) ** decay
    lost = (1 + factor * ahead / model.failed(stability, difficulty, recall)) ** decay
    without = (1 + factor * (since + ahead) / stability) ** decay
    return float(recall * kept + (1 - recall) * lost - without)


def expected_after(
    model: MemoryModel, stability: float, difficulty: float, since: int
) -> tuple[float, float]:
    """Return the middling stability and difficulty after an answer not given yet.

    Stability is the geometric mean over success and failure, weighed by recall.
    """
    recall = model.recall(stability, since)
    kept = model.recalled(stability, difficulty, recall, GOOD)
    lost = model.failed(stability, difficulty, recall)
    change = model.weights[6] * ((1 - recall) * (GOOD - AGAIN) + recall * EASING)
    harder = difficulty + (HARDEST - difficulty) * change / 9
    return kept**recall * lost ** (1 - recall), min(HARDEST, max(1.0, harder))


def expected_first(model: MemoryModel, shares: tuple[float, ...]) -> tuple[float, float]:
    """Return the middling stability and difficulty after a first answer not given yet."""
    stability, difficulty = 1.0, 0.0
    for at, share in enumerate(shares):
        first, hard = model.first(at + 1)
        stability *= first**share
        difficulty += hard * share
    return stability, difficulty
