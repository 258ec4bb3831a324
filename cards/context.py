"""What every page is given."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cards.services.assistant import has_model
from cards.services.review import counts_today


def frame(request: HttpRequest) -> dict[str, Any]:
    """Is there a language model, and how many cards are due: counted only when shown."""
    learner = getattr(request, "user", None)
    if learner is None or not learner.is_authenticated or not hasattr(request, "at"):
        return {}
    due = SimpleLazyObject(lambda: counts_today(learner, at=request.at).total)
    return {"due_count": due, "has_model": has_model()}
