"""Categories of one's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cards.forms.categories import CategoryForm
from cards.http import LearnerRequest
from cards.services import library
from cards.services.library import CategoryRefusedError


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: LearnerRequest) -> HttpResponse:
    """List one's own categories; make one more."""
    if request.method != "POST":
        return _shown(request, CategoryForm())
    form = CategoryForm(request.POST)
    if form.is_valid():
        try:
            made = library.create_category(request.user, **form.cleaned_data)
        except CategoryRefusedError as refused:
            form.refuse(str(refused))
        else:
            messages.success(request, f"“{made.name}” is there.")
            return redirect("library_categories")
    return _shown(request, form, status=400)


@require_POST
def change(request: LearnerRequest, slug: str) -> HttpResponse:
    """Give a category another name or colour."""
    library.own_category(request.user, slug)
    form = CategoryForm(request.POST)
    if form.is_valid():
        try:
            library.change_category(request.user, slug, **form.cleaned_data)
        except CategoryRefusedError as refused:
            form.refuse(str(refused))
        else:
            messages.success(request, "Changed.")
            return redirect("library_categories")
    return _shown(request, CategoryForm(), status=400, changing=form, slug=slug)


@require_POST
def delete(request: LearnerRequest, slug: str) -> HttpResponse:
    """Delete an empty category."""
    try:
        library.delete_category(request.user, slug)
    except CategoryRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Deleted.")
    return redirect("library_categories")


def _shown(
    request: LearnerRequest,
    form: CategoryForm,
    *,
    status: int = 200,
    changing: CategoryForm | None = None,
    slug: str = "",
) -> HttpResponse:
    context = {
        "form": form,
        "own": library.own_categories(request.user),
        "changing": changing,
        "changing_slug": slug,
        "hues": library.HUES,
        "most": library.MOST_CATEGORIES,
    }
    return render(request, "library/categories.html", context, status=status)
