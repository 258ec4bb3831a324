"""The start page: Today for a learner, a welcome for everybody else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cards.forms.session import PlaceForm
from cards.forms.today import LimitsForm, SpreadForm
from cards.http import LearnerRequest, SeeOther, VisitorRequest
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


@require_POST
def limits(request: LearnerRequest) -> HttpResponse:
    """Change the limits of this study day, or take the change back."""
    form = LimitsForm(request.POST)
    if not form.is_valid():
        return render(request, "today/refused.html", {"form": form}, status=400)
    today.change_limits(request.user, *form.limits(), at=request.at)
    return SeeOther(reverse(PlaceForm(request.POST).place()))


@require_POST
def spread(request: LearnerRequest) -> HttpResponse:
    """Spread a backlog over some days, or stop that."""
    form = SpreadForm(request.POST)
    if not form.is_valid():
        return render(request, "today/refused.html", {"form": form}, status=400)
    days = form.cleaned_data["days"]
    if not days:
        today.stop_spreading(request.user, at=request.at)
    elif not today.spread_backlog(request.user, days, at=request.at):
        messages.info(request, "Nothing waits any more, so there is nothing to spread.")
    return SeeOther(reverse("today"))
