"""The end of a session or of the study day: how it went, and what may be done next."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, Q

from cards.models import Card, Learner, Question, ReviewLog
from cards.models.content import tone_of
from cards.scheduling import PASSING_QUALITY, Counts, Kind
from cards.services.review.choose import due_ahead, missed_today
from cards.services.review.queue import Agenda
from cards.services.standing import weak_points

TWO_MORE = 2
AHEAD_DAYS = (1, 3, 7)


@dataclass(frozen=True, slots=True)
class CategoryDone:
    """How one category went on this study day."""

    tone: str  # of its colour
    name: str
    answered: int
    recalled: int


@dataclass(frozen=True, slots=True)
class SessionDone:
    """How a session went."""

    questions: int  # that were answered
    recalled: int  # at their first answer in it


@dataclass(frozen=True, slots=True)
class Offers:
    """What a learner may do when nothing is due."""

    new_today: int | None = None  # today's limit with two more; None where there is nothing new
    reviews_today: int | None = None  # stays as it is
    ahead_days: int | None = None  # the nearest days that bring anything
    has_weak_points: bool = False


@dataclass(frozen=True, slots=True)
class Finish:
    """The end: of the session where `session` says how it went, else of what the day brings."""

    categories: tuple[CategoryDone, ...]
    due_tomorrow: int
    next_due_on: date | None
    offers: Offers
    missed_today: int  # questions of which a point was missed
    session: SessionDone | None = None

    @property
    def answered(self) -> int:
        """Answers given on this study day."""
        return sum(line.answered for line in self.categories)


def finish(learner: Learner, on: date, counts: Counts, agenda: Agenda | None) -> Finish:
    """Return how it went; offers are made only when nothing of the day is left."""
    category = [f"question__category__{name}" for name in ("slug", "hue", "owner", "name")]
    lines = (
        ReviewLog.objects.answers()
        .on_day(learner, on)
        .values_list(*category)
        .annotate(
            answered=Count("pk"), recalled=Count("pk", filter=Q(quality__gte=PASSING_QUALITY))
        )
        .order_by("question__category__position", "question__category__slug")
    )
    coming = Card.objects.filter(learner=learner).in_play(on).filter(due_on__gt=on)
    tomorrow = Count("pk", filter=Q(due_on=on + timedelta(days=1)))
    days = coming.aggregate(first=Min("due_on"), tomorrow=tomorrow)
    return Finish(
        categories=tuple(
            CategoryDone(tone_of(slug, hue, is_own=owner is not None), *line)
            for slug, hue, owner, *line in lines
        ),
        due_tomorrow=days["tomorrow"],
        next_due_on=days["first"],
        offers=Offers() if counts.total else offers(learner, on),
        missed_today=len(missed_today(learner, on)),
        session=_session_done(learner, on, agenda) if agenda else None,
    )


def offers(learner: Learner, on: date) -> Offers:
    """Return what may be done when nothing is due: learn more, study ahead, drill."""
    settings = learner.settings
    learned = ReviewLog.objects.answers().on_day(learner, on).filter(kind=Kind.LEARN).count()
    has_more = Question.objects.unmet_by(learner, on).exists()
    new_today = max(learned, settings.limits_for(on).new_per_day) + TWO_MORE
    ahead = due_ahead(learner, on, AHEAD_DAYS[-1]).values_list("due_on", flat=True).first()
    days = (ahead - on).days if ahead else None
    return Offers(
        new_today=new_today if has_more else None,
        reviews_today=settings.reviews_today if settings.limits_on == on else None,
        ahead_days=next((n for n in AHEAD_DAYS if days and n >= days), None),
        has_weak_points=bool(weak_points(learner, on, 1)),
    )


def _session_done(learner: Learner, on: date, agenda: Agenda) -> SessionDone:
    given = ReviewLog.objects.answers().on_day(learner, on).filter(pk__gt=agenda.began_after)
    first: dict[int, int] = {}
    for question, quality in given.oldest_first().values_list("question_id", "quality"):
        first.setdefault(question, quality or 0)
    return SessionDone(len(first), sum(quality >= PASSING_QUALITY for quality in first.values()))
