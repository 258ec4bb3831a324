"""Sessions: `POST /review/start/` begins one, `POST /review/leave/` ends it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cards.forms.session import PlaceForm, StartForm
from cards.http import LearnerRequest, SeeOther
from cards.services import review

NOTHING = {
    review.Way.SELECTED: "None of these questions can be studied now, so nothing was started.",
    review.Way.PLAN: "The plan asks nothing more today, so nothing was started.",
    review.Way.AHEAD: "Nothing falls due in these days, so nothing was started.",
    review.Way.DRILL: "There is no point that you keep missing. Well done.",
    review.Way.MISSED: "No point of today is missing any more. Well done.",
}
EMPTY = "Nothing of this kind is due today, so nothing was started."


@require_POST
def start(request: LearnerRequest) -> HttpResponse:
    """Begin the chosen session and show its first question."""
    form, place = StartForm(request.POST), PlaceForm(request.POST).place()
    if not form.is_valid():
        return render(request, "review/refused.html", {"form": form}, status=400)
    choice = form.choice()
    if review.start_session(request.user, choice, at=request.at):
        return SeeOther(reverse("review"))
    messages.info(request, NOTHING.get(choice.way, EMPTY))
    return SeeOther(reverse(place))


@require_POST
def leave(request: LearnerRequest) -> HttpResponse:
    """End the session; every answer stays."""
    review.end_session(request.user)
    return SeeOther(reverse(PlaceForm(request.POST).place()))
