"""One question with everything the learner has done with it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, Value
from django.shortcuts import get_object_or_404

from cards.memory import PointMemory
from cards.models import Learner, Question, QuestionVersion, ReviewLog
from cards.models.learner import PER_CENT
from cards.scheduling import CardState, Case, Kind, LastAnswer, Outcome, explain, preview
from cards.services.library.chart import HistoryChart, history_chart
from cards.services.library.copy import copy_of
from cards.services.library.curve import RecallCurve, recall_curve
from cards.services.library.mine import Mine, mine_of
from cards.services.library.row import LibraryRow, row_of, with_card
from cards.services.notes import kept_beside
from cards.services.review import changed_points, counts_today, planner_by_load

HISTORY = 50
SETS_THE_DATE = (Kind.LEARN, Kind.REVIEW)


@dataclass(frozen=True, slots=True)
class PointRow:
    """A key point with what the learner remembers of it."""

    text: str
    essential: bool
    memory: PointMemory
    recall: float | None  # estimated, from 0 to 1, today
    changed_on: date | None = None  # reworded since the learner last judged it
    before: str = ""  # the wording they judged


@dataclass(frozen=True, slots=True)
class NextDates:
    """What each button would set, pressed on a study day."""

    on: date
    is_today: bool
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question with everything the learner has done with it."""

    row: LibraryRow
    related: list[Question]
    history: list[ReviewLog]
    chart: HistoryChart | None
    points: list[PointRow]
    why: str
    next_dates: NextDates
    curve: RecallCurve
    is_own: bool
    copy: Question | None  # the learner's own copy of a shared question
    mine: Mine


def question_page(learner: Learner, slug: str, *, at: datetime) -> QuestionPage:
    """Return one question's page; raise Http404 if the learner cannot see it."""
    questions = with_card(Question.objects.visible_to(learner), learner)
    noted = questions.annotate(beside=kept_beside(Value(learner.pk), "pk"))
    question = get_object_or_404(noted, slug=slug)
    row = row_of(question, learner.settings.clock.date_of(at))
    history = _history(row)
    related = Question.objects.visible_to(learner).active().filter(slug__in=question.related)
    is_own = question.owner_id == learner.pk
    dates, state = _next_dates(learner, row), row.card.state if row.card else CardState()
    return QuestionPage(
        row=row,
        related=list(related.in_bank_order()) if question.related else [],
        history=history,
        chart=history_chart(history),
        points=_points(row),
        why=explain(_case(learner, row, history, at)),
        next_dates=dates,
        curve=recall_curve(learner.settings.memory, state, row.on, dates.on, dates.outcomes),
        is_own=is_own,
        copy=None if is_own else copy_of(learner, question),
        mine=mine_of(learner, row, history),
    )


def _history(row: LibraryRow) -> list[ReviewLog]:
    """By the card alone: with the learner named too, a database may walk through all they did."""
    if row.card is None:
        return []
    return list(ReviewLog.objects.filter(card=row.card).newest_first()[:HISTORY])


def _points(row: LibraryRow) -> list[PointRow]:
    memories = row.card.memories if row.card else {}
    changed = changed_points(row.question, memories)
    versions = _versions(row.question) if changed else []
    rows = []
    for point in row.question.points:
        memory = memories.get(point["id"], PointMemory())
        changed_on = changed.get(point["id"])
        before = _wording(versions, point["key"], memory.last_on) if changed_on else ""
        recall = memory.recall_on(row.on)
        rows.append(PointRow(point["text"], point["essential"], memory, recall, changed_on, before))
    return rows


def _versions(question: Question) -> list[QuestionVersion]:
    return list(QuestionVersion.objects.filter(question=question).order_by("version"))


def _wording(versions: list[QuestionVersion], key: str, judged_on: date | None) -> str:
    """What the point said when it was last judged: in the first version given up after that."""
    for version in versions:
        if judged_on is None or version.replaced_at.date() > judged_on:
            texts = {point["key"]: str(point["text"]) for point in version.content["points"]}
            return texts.get(key, "")
    return ""


def _next_dates(learner: Learner, row: LibraryRow) -> NextDates:
    """Today for a card that may be answered today, else on the day on which it is due."""
    state = row.card.state if row.card else CardState()
    is_today = state.is_due_on(row.on)
    on = row.on if is_today or state.due_on is None else state.due_on
    planner = planner_by_load(learner, row.question.pk, state, on)
    return NextDates(on, is_today, preview(planner, state, on))


def _case(learner: Learner, row: LibraryRow, history: list[ReviewLog], at: datetime) -> Case:
    clock, card = learner.settings.clock, row.card
    counts = counts_today(learner, at=at)
    return Case(
        state=card.state if card else CardState(),
        on=row.on,
        last=_last_answer(history, learner.settings.rebuilt_after),
        scheduler=learner.settings.scheduler,
        desired_retention=learner.settings.desired_retention / PER_CENT,
        is_spread=learner.settings.spreads_intervals,
        is_archived=row.question.archived_at is not None,
        is_suspended=card is not None and card.suspended_at is not None,
        buried_until=card.buried_until if card else None,
        new_ahead=_new_ahead(learner, row) if row.state == "new" else 0,
        new_left=counts.new,
        reviews_left=counts.due,
        is_after_midnight=at.astimezone(clock.zone).date() > row.on,
        day_start=clock.day_start,
    )


def _new_ahead(learner: Learner, row: LibraryRow) -> int:
    rank, pk = row.question.introduction_rank, row.question.pk
    before = Q(introduction_rank__lt=rank) | Q(introduction_rank=rank, pk__lt=pk)
    return Question.objects.unmet_by(learner, row.on).filter(before).count()


def _last_answer(history: list[ReviewLog], rebuilt_after: int) -> LastAnswer | None:
    """The newest standing answer that set a date."""
    for log in history:
        if log.kind in SETS_THE_DATE and log.undone_at is None:
            here = log.reviewed_at.astimezone(ZoneInfo(log.time_zone)).date()
            before = log.before if log.pk > rebuilt_after else None
            return LastAnswer(log.quality or 0, log.study_date, before, here > log.study_date)
    return None
