"""What a question said before."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cards.forms.editor import VersionForm
from cards.http import LearnerRequest
from cards.services import library


@require_safe
def show(request: LearnerRequest, slug: str) -> HttpResponse:
    """List the versions of a question, each with what it changed."""
    page = request.GET.get("page", "")[:10]
    history = library.version_history(request.user, slug, page)
    return render(request, "library/versions.html", {"history": history})


@require_POST
def restore(request: LearnerRequest, slug: str) -> HttpResponse:
    """Let an own question say again what it said."""
    number = VersionForm(request.POST).number()
    if library.restore_version(request.user, slug, number, at=request.at):
        messages.success(request, f"Version {number} is what the question says now.")
    else:
        messages.success(request, f"The question says what version {number} said already.")
    return redirect("library_versions", slug=slug)
