"""Taking data along, and bringing questions."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe

from cards.forms.exchange import ImportForm
from cards.http import LearnerRequest
from cards.services import exchange


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: LearnerRequest) -> HttpResponse:
    """Offer every export; take question files."""
    if request.method != "POST":
        return render(request, "exchange/exchange.html", {"form": ImportForm(learner=request.user)})
    form = ImportForm(request.POST, request.FILES, learner=request.user)
    if form.is_valid():
        files, category = form.cleaned_data["uploads"], form.cleaned_data["category"]
        try:
            done = exchange.import_questions(request.user, files, category, at=request.at)
        except exchange.ImportRefusedError as refused:
            form.refuse(str(refused))
        else:
            told = f"{done.added} added, {done.changed} changed, {done.unchanged} as they were."
            messages.success(request, f"Imported: {told}")
            return redirect("exchange")
    return render(request, "exchange/exchange.html", {"form": form}, status=400)


@require_safe
def export_json(request: LearnerRequest) -> HttpResponse:
    """Give the learner everything they own, as a file."""
    response = JsonResponse(
        exchange.export_learner(request.user, at=request.at),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    return _download(request, response, "llmprep", "json")


@require_safe
def export_questions(request: LearnerRequest) -> HttpResponse:
    """Give the learner their own questions, as import takes them."""
    content = exchange.export_questions(request.user)
    response = HttpResponse(content, content_type="application/zip")
    return _download(request, response, "llmprep-questions", "zip")


@require_safe
def cram(request: LearnerRequest) -> HttpResponse:
    """Show the learner's best answers on one page, ready to print."""
    return render(request, "exchange/cram.html", {"sheet": exchange.cram_sheet(request.user)})


@require_safe
def cram_markdown(request: LearnerRequest) -> HttpResponse:
    """Give the same as a Markdown file."""
    text = render_to_string("exchange/cram.md", {"sheet": exchange.cram_sheet(request.user)})
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    return _download(request, response, "llmprep-cram", "md")


def _download(
    request: LearnerRequest, response: HttpResponse, name: str, ending: str
) -> HttpResponse:
    file = f"{name}-{request.at:%Y-%m-%d}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
