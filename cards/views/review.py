"""The review: `GET /review/` shows a card, `POST …/grade/` takes the grade and shows the next."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cards.forms.review import AnswerForm, AsideForm, GradeForm, SessionForm, UndoForm
from cards.http import LearnerRequest, SeeOther
from cards.services import review
from cards.services.review import Aside, Graded, Turn


@require_safe
def session(request: LearnerRequest) -> HttpResponse:
    """Show the card to answer now; `?question=` asks for a certain one."""
    asked = SessionForm(request.GET).chosen()
    wanted, undone = asked["question"] or "", asked["undone"]
    turn = review.next_turn(request.user, at=request.at, wanted=wanted, undone=undone)
    return _shown(request, turn)


@require_POST
def grade(request: LearnerRequest, slug: str) -> HttpResponseBase:
    """Take one grade."""
    form = GradeForm(request.POST)
    if not form.is_valid():
        return render(request, "review/refused.html", {"form": form}, status=400)
    graded = review.grade_card(request.user, slug, form.submission(), at=request.at)
    return _answered(request, graded)


@require_POST
def suggest(request: LearnerRequest, slug: str) -> HttpResponse:
    """Say which grade the judged points amount to; nothing is stored."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return render(request, "review/refused.html", {"form": form}, status=400)
    suggestion = review.suggestion_for(request.user, slug, form.submission())
    return render(request, "review/_suggestion.html", {"suggestion": suggestion})


@require_POST
def compare(request: LearnerRequest, slug: str) -> HttpResponse:
    """Show what changed from the last attempt to this one; nothing is stored."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return render(request, "review/refused.html", {"form": form}, status=400)
    runs = review.compare_attempt(request.user, slug, form.cleaned_data["attempt"])
    return render(request, "review/_comparison.html", {"runs": runs})


@require_POST
def undo(request: LearnerRequest) -> HttpResponseBase:
    """Take the last thing back."""
    form = UndoForm(request.POST)
    if not form.is_valid():
        return render(request, "review/refused.html", {"form": form}, status=400)
    review_id = form.cleaned_data["review_id"]
    undone = review.undo_review(request.user, review_id, at=request.at)
    if undone.refused:
        return _shown(request, undone.turn, status=409, notice="newer")
    if request.htmx:
        return _shown(request, undone.turn)
    return SeeOther(f"{reverse('review')}?question={undone.slug}&undone={review_id}")


@require_POST
def bury(request: LearnerRequest, slug: str) -> HttpResponse:
    """Leave this card out for the rest of the study day."""
    return _put_aside(request, slug, review.bury_card)


@require_POST
def suspend(request: LearnerRequest, slug: str) -> HttpResponse:
    """Leave this card out until it is brought back."""
    return _put_aside(request, slug, review.suspend_card)


@require_POST
def reset(request: LearnerRequest, slug: str) -> HttpResponse:
    """Make this question new again."""
    return _put_aside(request, slug, review.reset_card)


def _put_aside(request: LearnerRequest, slug: str, put_aside: Callable[..., Aside]) -> HttpResponse:
    form = AsideForm(request.POST)
    if not form.is_valid():
        return render(request, "review/refused.html", {"form": form}, status=400)
    put = put_aside(request.user, slug, form.cleaned_data["version"], at=request.at)
    if put.refused:
        return _shown(request, put.turn, status=409, notice="changed")
    return _shown(request, put.turn) if request.htmx else SeeOther(reverse("review"))


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
    """A page, or the card alone for htmx; `notice` says why something was refused."""
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
