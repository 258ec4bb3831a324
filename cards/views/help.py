"""How it works, in one page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cards.http import LearnerRequest


@require_safe
def show(request: LearnerRequest) -> HttpResponse:
    """Show the help."""
    return render(request, "help/help.html")
