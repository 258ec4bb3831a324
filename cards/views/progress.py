"""Figures over time."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cards.http import LearnerRequest
from cards.services.progress import progress


@require_safe
def show(request: LearnerRequest) -> HttpResponse:
    """Show progress; `?category=` narrows it to one."""
    category = request.GET.get("category", "")[:80]
    figures = progress(request.user, at=request.at, category=category)
    return render(request, "progress/progress.html", {"progress": figures})
