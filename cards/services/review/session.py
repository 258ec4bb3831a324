"""Sessions: a chosen row of questions instead of what the study day would bring."""

from datetime import datetime

from django.db import transaction

from cards.models import Learner, ReviewLog, StudySession
from cards.services.readiness import record_for
from cards.services.review.choose import Choice, Way, choose
from cards.services.review.queue import OF_THE_DAY, remember_session


@transaction.atomic
def start_session(learner: Learner, choice: Choice, *, at: datetime) -> StudySession | None:
    """Begin the chosen session in place of any other; None, and no change, if it were empty."""
    on = learner.settings.clock.date_of(at)
    chosen = choose(learner, choice, on)
    if not chosen.ids:
        return None
    if choice.way == Way.PLAN:
        record_for(learner, at=at)  # where nothing runs at night, the forecast is kept all the same
    kind = StudySession.Kind.DRILL if choice.way == Way.MISSED else StudySession.Kind(choice.way)
    reviews = ReviewLog.objects.filter(learner=learner).newest_first()
    session, _ = StudySession.objects.update_or_create(
        learner=learner,
        defaults={
            "kind": kind,
            "title": chosen.title,
            "study_date": on,
            "queue": chosen.ids,
            "total": len(chosen.ids),
            "began_after": reviews.values_list("pk", flat=True).first() or 0,
            "moves_schedule": kind in (*OF_THE_DAY, StudySession.Kind.PLAN)
            or (choice.moves_schedule and kind != StudySession.Kind.DRILL),
        },
    )
    remember_session(learner, session)
    return session


@transaction.atomic
def end_session(learner: Learner) -> None:
    """Go back to what the day brings; every answer stays. Without a session nothing happens."""
    StudySession.objects.filter(learner=learner).delete()
    remember_session(learner, None)
