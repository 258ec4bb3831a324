"""An interview that is over: how it went is kept, and long-term scheduling goes on."""

from datetime import datetime

from django.db import transaction

from cards.models import Interview, Learner, StudySettings


@transaction.atomic
def close_interview(
    learner: Learner, went: int | None, asked: list[str], *, at: datetime
) -> Interview | None:
    """Keep how the interview went and what was asked, and plan for no interview any more.

    None, and no change, while there is none that is over: sent twice it is kept once.
    """
    settings = StudySettings.objects.select_for_update().get(pk=learner.pk)
    on = learner.settings.clock.date_of(at)
    if settings.interview_on is None or settings.interview_on > on:
        return None
    kept, _ = Interview.objects.update_or_create(
        learner=learner,
        interview_on=settings.interview_on,
        defaults={"went": went, "asked": asked, "closed_at": at},
    )
    settings.interview_on = None
    settings.save(update_fields=["interview_on"])
    return kept
