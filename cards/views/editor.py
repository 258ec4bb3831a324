"""Writing one's own questions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cards.forms.categories import CopyForm
from cards.forms.editor import LONGEST_PROMPT, PreviewForm, QuestionEditor
from cards.http import LearnerRequest
from cards.services import library
from cards.services.library import ChangedError, QuotaError

TOO_MANY = "You have as many own questions as one account can hold. Nothing was stored."


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: LearnerRequest) -> HttpResponse:
    """Write a question of one's own; `?prompt=` begins with these words."""
    editor = QuestionEditor(request.user, prompt=request.GET.get("prompt", "")[:LONGEST_PROMPT])
    if not _is_to_be_stored(request, editor):
        return _shown(request, editor)
    if editor.is_valid():
        try:
            stored = library.write_question(
                request.user, editor.entry(), editor.category, editor.token, at=request.at
            )
        except QuotaError:
            editor.refuse(TOO_MANY)
        else:
            return _saved(request, stored.slug)
    return _shown(request, editor, status=400)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: LearnerRequest, slug: str) -> HttpResponse:
    """Change a question of one's own."""
    editor = QuestionEditor(request.user, library.own_question(request.user, slug))
    if not _is_to_be_stored(request, editor):
        return _shown(request, editor)
    if not editor.is_valid():
        return _shown(request, editor, status=400)
    entry, category, seen = editor.entry(), editor.category, editor.seen_version
    try:
        library.change_question(request.user, slug, entry, category, seen, at=request.at)
    except ChangedError as changed:
        editor.set_against(changed.question)
        return _shown(request, editor, status=409)
    return _saved(request, slug)


@require_POST
def preview(request: LearnerRequest) -> HttpResponse:
    """Show question and answer as they will look; nothing is stored."""
    form = PreviewForm(request.POST)
    if not form.is_valid():
        return render(request, "library/_preview.html", {"form": form}, status=400)
    return render(request, "library/_preview.html", {"preview": form.preview()})


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: LearnerRequest, slug: str) -> HttpResponse:
    """Make a shared question one's own: the copy is changed, the shared one never."""
    question = library.shared_question(request.user, slug)
    form = CopyForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return render(request, "library/duplicate.html", {"question": question})
    leave_out = form.cleaned_data["leave_out"]
    try:
        copied = library.copy_question(request.user, slug, leave_out=leave_out, at=request.at)
    except QuotaError:
        context = {"question": question, "refused": TOO_MANY}
        return render(request, "library/duplicate.html", context, status=400)
    made = "This is your copy. Change what you like." if copied.is_new else "You have a copy: this."
    left = " The shared question is not asked any more." if copied.left_out else ""
    messages.success(request, made + left)
    return redirect(f"{reverse('library_edit', args=[copied.question.slug])}{_origin(request)}")


@require_POST
def archive(request: LearnerRequest, slug: str) -> HttpResponse:
    """Take a question of one's own out of study."""
    library.set_archived(request.user, slug, archived=True, at=request.at)
    messages.success(request, "Archived. Its history is kept, and you can bring it back.")
    return redirect("library_question", slug=slug)


@require_POST
def restore(request: LearnerRequest, slug: str) -> HttpResponse:
    """Bring an archived question back."""
    library.set_archived(request.user, slug, archived=False, at=request.at)
    messages.success(request, "The question is back in study.")
    return redirect("library_question", slug=slug)


def _is_to_be_stored(request: LearnerRequest, editor: QuestionEditor) -> bool:
    if request.method == "POST":
        editor.fill(request.POST)
    return request.method == "POST" and editor.is_stored_by_this


def _shown(request: LearnerRequest, editor: QuestionEditor, *, status: int = 200) -> HttpResponse:
    context = {"editor": editor, "question": editor.question}
    return render(request, "library/edit.html", context, status=status)


def _saved(request: LearnerRequest, slug: str) -> HttpResponse:
    messages.success(request, "Saved.")
    if _origin(request):
        return redirect(f"{reverse('review')}?question={slug}")
    return redirect("library_question", slug=slug)


def _origin(request: LearnerRequest) -> str:
    """What keeps the way back to the review in an address."""
    return "?from=review" if request.GET.get("from") == "review" else ""
