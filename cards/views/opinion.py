"""On an attempt in the review: a second opinion, and the interviewer who asks on."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST
from django_htmx.http import reswap

from cards.forms.opinion import AttemptForm, OpinionForm, ProbeForm
from cards.http import LearnerRequest
from cards.services import assistant


@require_POST
def opinion(request: LearnerRequest, slug: str) -> HttpResponse:
    """Say which points the attempt says; no grade is given and no card is moved."""
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _refused(request, form)
    shown = assistant.ask_opinion(request.user, slug, form.attempted(), at=request.at)
    template = "opinion/_opinion.html" if request.htmx else "opinion/opinion.html"
    response = render(request, template, {"opinion": shown, "attempt": form.words})
    if shown.trouble and request.htmx:
        reswap(response, "none")  # an opinion that is there already stays
    return response


@require_POST
def probe(request: LearnerRequest, slug: str) -> HttpResponse:
    """Ask one more question about the attempt, three at most."""
    form = ProbeForm(request.POST)
    if not form.is_valid():
        return _refused(request, form)
    shown = assistant.ask_probe(request.user, slug, form.probing(), at=request.at)
    context = {
        "probe": shown,
        "attempt": form.words,
        "submission_id": form.cleaned_data["submission_id"],
    }
    return render(request, "opinion/_probe.html" if request.htmx else "opinion/probe.html", context)


def _refused(request: LearnerRequest, form: AttemptForm) -> HttpResponse:
    """A sentence for the page that asked, or a page with what was written."""
    if request.htmx:
        return HttpResponse(form.reason, "text/plain; charset=utf-8", status=400)
    return render(request, "review/refused.html", {"form": form}, status=400)
