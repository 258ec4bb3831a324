"""What a learner may want to ask first."""

from datetime import datetime

from cards.models import Card, Learner, Question
from cards.services.standing import weak_points

MOST = 6


def suggestions(learner: Learner, *, at: datetime) -> list[str]:
    """Return prompts of questions with weak points, then of due ones, then the bank's first."""
    on = learner.settings.clock.date_of(at)
    weak = [point.question_id for point in weak_points(learner, on, MOST)]
    due = Card.objects.filter(learner=learner).asked(on).order_by("due_on", "id")
    wanted = list(dict.fromkeys([*weak, *due.values_list("question", flat=True)[: 2 * MOST]]))
    seen = Question.objects.visible_to(learner).active()
    prompts = dict(seen.filter(pk__in=wanted).values_list("pk", "prompt"))
    found = [prompts[pk] for pk in wanted if pk in prompts]
    if len(found) < MOST:
        first = seen.exclude(pk__in=wanted).order_by("introduction_rank", "id")
        found += first.values_list("prompt", flat=True)[:MOST]
    return list(dict.fromkeys(found))[:MOST]
