"""The interview: `GET /readiness/` shows plan and forecast, the forms change them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cards.forms.readiness import DaysOffForm, DaysOnForm, DropForm, MinutesForm, PlanForm, WentForm
from cards.http import LearnerRequest, SeeOther
from cards.services import readiness
from cards.services.shortage import leave_out_proposed


@require_safe
def show(request: LearnerRequest) -> HttpResponse:
    """Show the plan for the interview and how ready one will be."""
    return _shown(request)


@require_POST
def save(request: LearnerRequest) -> HttpResponse:
    """Change what the plan keeps to."""
    form = PlanForm(request.POST, terms=readiness.plan_terms(request.user, at=request.at))
    if not form.is_valid():
        return _shown(request, plan_form=form, status=400)
    readiness.change_plan(request.user, form.wishes())
    messages.success(request, "Saved. The plan follows from it.")
    return SeeOther(reverse("readiness"))


@require_POST
def minutes(request: LearnerRequest) -> HttpResponse:
    """Study longer each day, as the plan proposed."""
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return _shown(request, status=400)
    readiness.add_minutes(request.user, form.cleaned_data["seen"], form.cleaned_data["more"])
    return SeeOther(reverse("readiness"))


@require_POST
def leave_out(request: LearnerRequest) -> HttpResponse:
    """Suspend the questions that the plan proposed to drop."""
    form = DropForm(request.POST)
    if not form.is_valid():
        return _shown(request, status=400)
    done = leave_out_proposed(request.user, form.cleaned_data["seen"], at=request.at)
    if done:
        messages.success(request, f"{done.sentence} You can bring them back in the library.")
    else:
        messages.info(request, "The plan has changed since, so nothing was suspended.")
    return SeeOther(reverse("readiness"))


@require_POST
def add_days_off(request: LearnerRequest) -> HttpResponse:
    """Plan days without study."""
    form = DaysOffForm(request.POST)
    if not form.is_valid():
        return _shown(request, days_off_form=form, status=400)
    try:
        readiness.add_days_off(request.user, **form.cleaned_data)
    except readiness.TooManyDaysOffError:
        form.add_error(None, "There are as many days off as one account can hold.")
        return _shown(request, days_off_form=form, status=400)
    return SeeOther(reverse("readiness"))


@require_POST
def remove_days_off(request: LearnerRequest) -> HttpResponse:
    """Study on these days after all."""
    form = DaysOnForm(request.POST)
    if not form.is_valid():
        return _shown(request, status=400)
    readiness.remove_days_off(request.user, form.cleaned_data["days_off"])
    return SeeOther(reverse("readiness"))


@require_POST
def close(request: LearnerRequest) -> HttpResponse:
    """Keep how the interview went."""
    form = WentForm(request.POST)
    if not form.is_valid():
        return _shown(request, went_form=form, status=400)
    data = form.cleaned_data
    if readiness.close_interview(request.user, data["went"], data["asked"], at=request.at):
        messages.success(request, "Kept. From now on cards come as they fall due.")
    return SeeOther(reverse("readiness"))


def _shown(request: LearnerRequest, *, status: int = 200, **forms: object) -> HttpResponse:
    page = readiness.readiness_page(request.user, at=request.at)
    context = {
        "page": page,
        "plan_form": PlanForm(terms=page.terms),
        "days_off_form": DaysOffForm(),
        "went_form": WentForm(),
        **forms,
    }
    return render(request, "readiness/readiness.html", context, status=status)
