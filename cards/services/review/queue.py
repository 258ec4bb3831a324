"""The session that is going on: what it still asks, and what an answer or an undo makes of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, Q

from cards.memory import PointMemory
from cards.models import Learner, Question, ReviewLog, StudySession
from cards.rubric import Recall
from cards.scheduling import SETTLED_QUALITY, CardState, Mode, mode_for
from cards.services.review.drill import weak_drill
from cards.services.review.judge import Submission

Kind = StudySession.Kind
OF_THE_DAY = (Kind.TIME, Kind.CATEGORY, Kind.BACKLOG)  # they ask only what the day asks too


@dataclass(frozen=True, slots=True)
class Agenda:
    """A session at one moment; `asks` are the questions it may still ask, in order."""

    kind: str
    title: str
    total: int
    moves_schedule: bool
    began_after: int
    asks: tuple[int, ...]
    next_slug: str = ""

    @property
    def left(self) -> int:
        """How many questions are still to be asked."""
        return len(self.asks)

    @property
    def done(self) -> int:
        """How many are not asked any more."""
        return max(0, self.total - self.left)

    @property
    def is_drill(self) -> bool:
        """Does it ask for missed points only?"""
        return self.kind == Kind.DRILL

    def mode(self, state: CardState, on: date) -> Mode:
        """How an answer counts; a drill never moves anything."""
        if self.is_drill:
            return Mode.PRACTICE
        return mode_for(state, on, moves_schedule=self.moves_schedule)


def session_of(learner: Learner, on: date) -> StudySession | None:
    """Return the session of this study day; no query where the learner was loaded with it."""
    try:
        session = learner.session
    except StudySession.DoesNotExist:
        return None
    return session if session.study_date == on else None


def remember_session(learner: Learner, session: StudySession | None) -> None:
    """Let this request see the session as it is now."""
    Learner.session.related.set_cached_value(learner, session)


def agenda_of(learner: Learner, on: date, wanted: str = "") -> Agenda | None:
    """Return what the session still asks, or None without one; `wanted` goes first if it is asked.

    What was put aside, archived or answered elsewhere meanwhile is passed over.
    """
    session = session_of(learner, on)
    if session is None:
        return None
    rows = _rows(learner, session)
    asks = [pk for pk in session.queue if pk in rows and _is_asked(rows[pk], session.kind, on)]
    if wanted:
        asks.sort(key=lambda pk: rows[pk]["slug"] != wanted)
    return Agenda(
        kind=session.kind,
        title=session.title,
        total=max(session.total, len(asks)),
        moves_schedule=session.moves_schedule,
        began_after=session.began_after,
        asks=tuple(asks),
        next_slug=rows[asks[0]]["slug"] if asks else "",
    )


def take_off(learner: Learner, log: ReviewLog, sent: Submission) -> None:
    """Take the answered question off the queue, or to its end if it comes again."""
    session = _locked(learner, log.study_date)
    if session is None or log.question_id not in session.queue:
        return
    rest = [pk for pk in session.queue if pk != log.question_id]
    session.queue = rest + [log.question_id] * _comes_again(session, log, sent)
    session.save(update_fields=["queue"])


def put_first(learner: Learner, log: ReviewLog, on: date) -> None:
    """Ask a question again whose answer, given in this session, was taken back."""
    session = _locked(learner, on)
    if session is None or log.pk <= session.began_after:
        return
    session.queue = [log.question_id, *(pk for pk in session.queue if pk != log.question_id)]
    session.total = max(session.total, len(session.queue))
    session.save(update_fields=["queue", "total"])


def end_finished(learner: Learner, on: date) -> None:
    """Let a session that asks nothing more make way for what the day brings."""
    agenda = agenda_of(learner, on)
    if agenda and not agenda.asks:
        StudySession.objects.filter(learner=learner).delete()
        remember_session(learner, None)


def _locked(learner: Learner, on: date) -> StudySession | None:
    """The row, locked; an ordinary review has none and asks nothing of the database."""
    if session_of(learner, on) is None:
        return None
    sessions = StudySession.objects.select_for_update().filter(learner=learner, study_date=on)
    session = sessions.first()
    remember_session(learner, session)
    return session


def _comes_again(session: StudySession, log: ReviewLog, sent: Submission) -> bool:
    is_missed = any(recall < Recall.YES for recall in sent.judged.values())
    is_unsettled = log.quality is not None and log.quality < SETTLED_QUALITY
    return is_unsettled or (session.kind == Kind.DRILL and is_missed)


def _rows(learner: Learner, session: StudySession) -> dict[int, dict[str, Any]]:
    """What decides whether a question may be asked, by question; one narrow query."""
    fields = [
        "pk", "slug", "mine__suspended_at", "mine__buried_until", "mine__introduced_on",
        "mine__due_on", "mine__repeat_today_on",
    ]  # fmt: skip
    if session.kind == Kind.DRILL:
        fields += ["points", "mine__point_memory"]
    mine = FilteredRelation("cards", condition=Q(cards__learner=learner))
    questions = Question.objects.visible_to(learner).active().filter(pk__in=session.queue)
    rows: Any = questions.annotate(mine=mine).values(*fields)
    return {row["pk"]: row for row in rows}


def _is_asked(row: dict[str, Any], kind: str, on: date) -> bool:
    buried_until, due_on = row["mine__buried_until"], row["mine__due_on"]
    if row["mine__suspended_at"] or (buried_until and buried_until > on):
        return False
    if kind == Kind.DRILL:
        stored = row["mine__point_memory"] or {}
        memories = {int(key): PointMemory.from_json(value) for key, value in stored.items()}
        return bool(weak_drill(row["points"], memories, on))
    if kind in OF_THE_DAY and row["mine__introduced_on"]:
        return bool(due_on <= on or row["mine__repeat_today_on"] == on)
    return True
