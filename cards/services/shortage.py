"""What mends a plan that is too short: leaving out what it proposes."""

from datetime import datetime

from django.db import transaction

from cards.models import Learner
from cards.services.library import Done, do_to_all
from cards.services.readiness import interview_ahead


@transaction.atomic
def leave_out_proposed(learner: Learner, seen: int, *, at: datetime) -> Done | None:
    """Suspend the questions that the plan proposes to drop, if they are as many as were seen.

    None, and no change, where the plan is another one by now: sent twice it is done once.
    """
    ahead = interview_ahead(learner, learner.settings.clock.date_of(at))
    shortage = ahead.plan.shortage if ahead else None
    if ahead is None or shortage is None or len(shortage.drop) != seen:
        return None
    return do_to_all(
        learner, "suspend", [ahead.scope.shown[pk].slug for pk in shortage.drop], at=at
    )
