"""What an interview may ask a learner, and all that they have answered to it so far."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from cards.models import Card, Category, Learner, Question, ReviewLog
from cards.readiness.pace import Answer, Pace, pace_of
from cards.readiness.plan import Studied
from cards.readiness.recall import DEFAULT_WEIGHTS
from cards.scheduling import Kind, minutes_of
from cards.services.times import own_times

USUAL_WEIGHT = 100  # per cent
FIRST_OF_A_DAY = (Kind.LEARN, Kind.REVIEW)


class InScope(NamedTuple):
    """How a question in scope is shown."""

    slug: str
    prompt: str
    category: int


@dataclass(frozen=True, slots=True)
class Scope:
    """The questions in scope as planning takes them, and what they are called."""

    questions: list[Studied]
    shown: Mapping[int, InScope]
    categories: Mapping[int, Category]
    pace: Pace
    done_today: Mapping[int, float] = field(default_factory=dict)  # minutes by question

    @property
    def minutes_done(self) -> float:
        """The minutes of the questions answered today, as the plan counts them."""
        return sum(self.done_today.values())


def scope_of(learner: Learner, on: date) -> Scope:
    """Return what is in scope on this study day; four queries.

    Left out: archived and suspended questions, and categories that the learner weighs with 0.
    """
    categories = {one.pk: one for one in Category.objects.visible_to(learner)}
    weights = {pk: _weight(learner, pk) for pk in categories}
    suspended = Card.objects.filter(
        learner=learner, question=OuterRef("pk"), suspended_at__isnull=False
    )
    rows = (
        Question.objects.visible_to(learner)
        .active()
        .filter(~Exists(suspended), category__in=[pk for pk, weight in weights.items() if weight])
        .order_by("introduction_rank", "id")
        .values_list("pk", "slug", "prompt", "category_id", "minutes")
    )
    answers = answers_of(learner)
    own, ratio = own_times(learner, before=on)  # else today's plan would change while it is done
    questions, shown = [], {}
    for pk, slug, prompt, category, stated in rows:
        shown[pk] = InScope(slug, prompt, category)
        minutes = minutes_of(stated, own.get(pk, ()), ratio)
        questions.append(
            Studied(pk, minutes, tuple(answers.get(pk, ())), category, weights[category])
        )
    return Scope(
        questions,
        shown,
        categories,
        pace_of(answers.values(), _weights_of_memory(learner)),
        {one.id: one.minutes for one in questions if one.answers and one.answers[-1][1] == on},
    )


def answers_of(learner: Learner, until: date | None = None) -> dict[int, list[Answer]]:
    """Return the first answer of each study day by question, oldest first, since its last reset.

    With `until` only those given on that study day or before. One query.
    """
    logs = ReviewLog.objects.standing().filter(
        learner=learner, kind__in=(*FIRST_OF_A_DAY, Kind.RESET)
    )
    if until:
        logs = logs.filter(study_date__lte=until)
    answers: dict[int, list[Answer]] = defaultdict(list)
    for pk, quality, on in logs.oldest_first().values_list("question_id", "quality", "study_date"):
        if quality is None:
            answers.pop(pk, None)
        else:
            answers[pk].append((quality, on))
    return answers


def _weight(learner: Learner, category: int) -> float:
    stored = learner.settings.category_weights
    return float(stored.get(str(category), USUAL_WEIGHT)) / USUAL_WEIGHT


def _weights_of_memory(learner: Learner) -> tuple[float, ...]:
    fitted = learner.settings.memory_parameters
    return tuple(fitted) if fitted else DEFAULT_WEIGHTS
