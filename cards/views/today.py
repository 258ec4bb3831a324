"""The start page: Today for a learner, a welcome for everybody else."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cards.http import VisitorRequest
from cards.services import today


@login_not_required
@require_safe
def show(request: VisitorRequest) -> HttpResponse:
    """Show what is due and how things stand."""
    if not request.user.is_authenticated:
        return render(request, "today/welcome.html", {"welcome": today.welcome()})
    overview = today.overview(request.user, at=request.at)
    context = {"overview": overview, "due_count": overview.counts.total}
    return render(request, "today/today.html", context)
