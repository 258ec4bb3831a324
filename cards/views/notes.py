"""Notes, flags, marks and tags: each answers with its own piece, or goes back where one was."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cards.forms.notes import BesideForm, FlagForm, MarkForm, NoteForm, TagsForm
from cards.http import LearnerRequest, SeeOther
from cards.services import notes

NOTE, FLAG = "notes/_note.html", "notes/_flag.html"
MARK, TAGS = "notes/_mark.html", "notes/_tags.html"


@require_POST
def note(request: LearnerRequest, slug: str) -> HttpResponse:
    """Keep a note."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _refused(request, slug, form, NOTE, beside=notes.beside(request.user, slug))
    kept = notes.save_note(request.user, slug, form.cleaned_data["text"], at=request.at)
    return _kept(request, slug, form, NOTE, beside=kept)


@require_POST
def flag(request: LearnerRequest, slug: str) -> HttpResponse:
    """Set or take away a flag."""
    form = FlagForm(request.POST)
    if not form.is_valid():
        return _refused(request, slug, form, FLAG, beside=notes.beside(request.user, slug))
    kept = notes.set_flag(request.user, slug, form.cleaned_data["flag"], at=request.at)
    return _kept(request, slug, form, FLAG, beside=kept)


@require_POST
def mark(request: LearnerRequest, slug: str) -> HttpResponse:
    """Set or take away the mark."""
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _refused(request, slug, form, MARK, beside=notes.beside(request.user, slug))
    marked = form.cleaned_data["marked"]
    kept = notes.set_mark(request.user, slug, marked=marked, at=request.at)
    return _kept(request, slug, form, MARK, beside=kept)


@require_POST
def tags(request: LearnerRequest, slug: str) -> HttpResponse:
    """Put tags on a question, or take one off."""
    form = TagsForm(request.POST)
    if form.is_valid():
        add, remove = form.cleaned_data["add"], form.cleaned_data["untag"]
        try:
            kept = notes.change_tags(request.user, slug, add=add, remove=remove)
        except notes.TagError as error:
            form.add_error("add", f"{error} Nothing was changed.")
        else:
            return _kept(request, slug, form, TAGS, tags=kept)
    return _refused(request, slug, form, TAGS, tags=notes.tags_of(request.user, slug))


def _kept(
    request: LearnerRequest, slug: str, form: BesideForm, fragment: str, **kept: object
) -> HttpResponse:
    if request.htmx:
        return render(request, fragment, {"slug": slug, "back": form.place, "saved": True} | kept)
    if form.place == "review":
        return SeeOther(f"{reverse('review')}?question={slug}")
    return SeeOther(reverse("library_question", args=[slug]))


def _refused(
    request: LearnerRequest, slug: str, form: BesideForm, fragment: str, **kept: object
) -> HttpResponse:
    template = fragment if request.htmx else "notes/refused.html"
    context = {"slug": slug, "back": form.place, "form": form, "fragment": fragment} | kept
    return render(request, template, context, status=400)
