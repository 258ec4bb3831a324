"""What every page's frame shows."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cards.services.review import counts_today


def frame(request: HttpRequest) -> dict[str, Any]:
    """How many cards are still to be answered; asked of the database only when shown."""
    learner = getattr(request, "user", None)
    if learner is None or not learner.is_authenticated or not hasattr(request, "at"):
        return {}
    return {"due_count": SimpleLazyObject(lambda: counts_today(learner, at=request.at).total)}
