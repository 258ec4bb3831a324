"""Writing one's own questions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cards.forms.editor import QuestionEditor
from cards.http import LearnerRequest
from cards.services import library
from cards.services.library import QuotaError


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: LearnerRequest) -> HttpResponse:
    """Write a question of one's own."""
    return _edit(request, QuestionEditor.empty(), "")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: LearnerRequest, slug: str) -> HttpResponse:
    """Change a question of one's own."""
    own = library.own_question(request.user, slug)
    return _edit(request, QuestionEditor.showing(own), slug)


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


def _edit(request: LearnerRequest, editor: QuestionEditor, slug: str) -> HttpResponse:
    status = 200
    if request.method == "POST":
        editor = editor.filled(request.POST)
        if editor.is_valid():
            try:
                stored = library.write_question(
                    request.user, editor.entry(), editor.category, slug, at=request.at
                )
            except QuotaError:
                editor.refuse("You have as many own questions as one account can hold.")
            else:
                messages.success(request, "Saved.")
                if request.GET.get("from") == "review":
                    return redirect(f"{reverse('review')}?question={stored.slug}")
                return redirect("library_question", slug=stored.slug)
        status = 400
    return render(request, "library/edit.html", {"editor": editor, "slug": slug}, status=status)
