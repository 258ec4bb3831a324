"""Settings; signing in and out is allauth's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cards.forms.account import PlanningForm, SettingsForm, told
from cards.http import LearnerRequest
from cards.services.account import (
    change_planning,
    change_preferences,
    planning_of,
    preferences_of,
)
from cards.services.fitting import last_fit


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: LearnerRequest) -> HttpResponse:
    """Show the settings, or store them."""
    if request.method != "POST":
        return _shown(request, form=SettingsForm.showing(preferences_of(request.user)))
    form = SettingsForm(request.POST)
    if not form.is_valid():
        return _shown(request, form=form, status=400)
    change_preferences(request.user, form.preferences())
    messages.success(request, "Your settings are saved.")
    return redirect("settings")


@require_POST
def planning(request: LearnerRequest) -> HttpResponse:
    """Plan all cards another way."""
    form = PlanningForm(request.POST)
    if not form.is_valid():
        return _shown(request, planning=form, status=400)
    done = change_planning(request.user, form.planning())
    messages.success(request, told(done, form.planning()))
    return redirect("settings")


def _shown(
    request: LearnerRequest,
    *,
    form: SettingsForm | None = None,
    planning: PlanningForm | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "form": form or SettingsForm.showing(preferences_of(request.user)),
        "planning": planning or PlanningForm.showing(planning_of(request.user)),
        "fit": last_fit(request.user),
    }
    return render(request, "account/settings.html", shown, status=status)
