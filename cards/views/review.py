"""The review: `GET /review/` shows a card, `POST …/grade/` takes the grade and shows the next."""

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cards.forms.review import GradeForm, UndoForm
from cards.http import LearnerRequest
from cards.services.review import Graded, Turn, grade_card, next_turn, undo_review


class SeeOther(HttpResponseRedirect):
    """After a form: go on with GET, so that a reload sends nothing twice."""

    status_code = 303


@require_safe
def session(request: LearnerRequest) -> HttpResponse:
    """Show the card to answer now; `?question=` asks for a certain one."""
    wanted = request.GET.get("question", "")[:80]
    turn = next_turn(request.user, at=request.at, wanted=wanted)
    return _shown(request, turn)


@require_POST
def grade(request: LearnerRequest, slug: str) -> HttpResponseBase:
    """Take one grade."""
    form = GradeForm(request.POST)
    if not form.is_valid():
        return render(request, "review/refused.html", {"form": form}, status=400)
    graded = grade_card(request.user, slug, form.submission(), at=request.at)
    return _answered(request, graded)


@require_POST
def undo(request: LearnerRequest) -> HttpResponseBase:
    """Take one grade back."""
    form = UndoForm(request.POST)
    if not form.is_valid():
        return render(request, "review/refused.html", {"form": form}, status=400)
    undone = undo_review(request.user, form.cleaned_data["review_id"], at=request.at)
    if undone.refused:
        return _shown(request, undone.turn, status=409, notice="newer")
    if request.htmx:
        return _shown(request, undone.turn, notice="undone")
    return SeeOther(f"{reverse('review')}?question={undone.slug}")


def _answered(request: LearnerRequest, graded: Graded) -> HttpResponse:
    if graded.stale:
        return _shown(request, graded.turn, status=409, notice=graded.stale)
    response = _shown(request, graded.turn) if request.htmx else SeeOther(reverse("review"))
    response["X-Review-Id"] = str(graded.review_id)
    if graded.replayed:
        response["Idempotent-Replayed"] = "true"
    return response


def _shown(
    request: LearnerRequest, turn: Turn, *, status: int = 200, notice: str = ""
) -> HttpResponse:
    """A page, or the card alone for htmx."""
    fragment = "review/_card.html" if turn.question else "review/_done.html"
    template = fragment if request.htmx else "review/session.html"
    context = {
        "turn": turn,
        "question": turn.question,
        "notice": notice,
        "fragment": fragment,
        "due_count": turn.counts.total,
    }
    return render(request, template, context, status=status)
