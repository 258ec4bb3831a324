"""Settings; signing in and out is allauth's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cards.forms.account import SettingsForm
from cards.http import LearnerRequest
from cards.services.account import change_preferences, preferences_of


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: LearnerRequest) -> HttpResponse:
    """Show the settings, or store them."""
    if request.method != "POST":
        form = SettingsForm.showing(preferences_of(request.user))
        return render(request, "account/settings.html", {"form": form})
    form = SettingsForm(request.POST)
    if not form.is_valid():
        return render(request, "account/settings.html", {"form": form}, status=400)
    change_preferences(request.user, form.preferences())
    messages.success(request, "Your settings are saved.")
    return redirect("settings")
