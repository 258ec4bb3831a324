"""The library: browsing and reading."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import push_url, replace_url

from cards.forms.library import BulkForm, LibraryFilterForm
from cards.forms.review import AsideForm, UndoForm
from cards.http import LearnerRequest, SeeOther
from cards.services import library, review
from cards.services.library import FLAGS, SORTS, STATES, SWITCHES, LibraryFilter
from cards.services.tags import TooManyTagsError

CHOICES = {"states": STATES, "sorts": SORTS, "flags": FLAGS, "switches": SWITCHES}


@require_safe
def index(request: LearnerRequest) -> HttpResponse:
    """List the questions, a page at a time; the list alone for htmx."""
    chosen = LibraryFilterForm(request.GET).chosen()
    page = request.GET.get("page", "")[:10]
    shelf = library.library(request.user, chosen, page, at=request.at)
    context = {"library": shelf, "choices": CHOICES}
    if not request.htmx or request.htmx.history_restore_request:
        return render(request, "library/library.html", context)
    # Going on with a search is one step back, not one for each letter.
    before = QueryDict(urlsplit(request.htmx.current_url_abs_path or "").query)
    remember = replace_url if before.get("q") and shelf.chosen.q else push_url
    return remember(render(request, "library/_list.html", context), _address(shelf.chosen))


@require_POST
def bulk(request: LearnerRequest) -> HttpResponse:
    """Do one thing to every selected question, then show the same list again."""
    form = BulkForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.reason)
    else:
        try:
            done = library.do_to_all(request.user, **form.wish(), at=request.at)
            messages.success(request, done.sentence)
        except TooManyTagsError:
            messages.error(request, "You have as many tags as one account can hold.")
    chosen, page = LibraryFilterForm(request.GET).chosen(), request.GET.get("page", "")[:10]
    return SeeOther(_address(chosen, page if page.isascii() and page.isdigit() else ""))


@require_safe
def question(request: LearnerRequest, slug: str) -> HttpResponse:
    """Show one question with its history."""
    page = library.question_page(request.user, slug, at=request.at)
    return render(request, "library/question.html", {"page": page, "question": page.row.question})


@require_POST
def suspend(request: LearnerRequest, slug: str) -> HttpResponse:
    """Leave a question out until it is brought back."""
    form = AsideForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else -1
    put = review.suspend_card(request.user, slug, version, at=request.at)
    if put.refused:
        messages.error(request, "This card changed elsewhere, so it was left as it is.")
    return redirect("library_question", slug=slug)


@require_POST
def bring_back(request: LearnerRequest, slug: str) -> HttpResponse:
    """Put a suspended or buried question back into study."""
    review.bring_back(request.user, slug)
    messages.success(request, "The question is back in study, with the schedule it had.")
    return redirect("library_question", slug=slug)


@require_POST
def reset(request: LearnerRequest, slug: str) -> HttpResponse:
    """Make a question new again."""
    form = AsideForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else -1
    put = review.reset_card(request.user, slug, version, at=request.at)
    if put.refused:
        messages.error(request, "This card changed elsewhere, so it was left as it is.")
    return SeeOther(reverse("library_question", args=[slug]))


@require_POST
def undo(request: LearnerRequest, slug: str) -> HttpResponse:
    """Take back what was done to this question last."""
    form = UndoForm(request.POST)
    review_id = form.cleaned_data["review_id"] if form.is_valid() else 0
    undone = review.undo_review(request.user, review_id, at=request.at)
    if undone.refused:
        messages.error(request, "This cannot be undone: the card was answered again since.")
    else:
        messages.success(request, "Undone. The card is as it was.")
    return SeeOther(reverse("library_question", args=[slug]))


def _address(chosen: LibraryFilter, page: str = "") -> str:
    """The list with these choices."""
    parts = [part for part in (chosen.address, f"page={page}" if page else "") if part]
    return f"{reverse('library')}{'?' if parts else ''}{'&'.join(parts)}"
