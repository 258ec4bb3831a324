"""The learning assistant: asking, and the conversations that are kept."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from cards.forms.assistant import AskForm, SearchForm, TitleForm
from cards.http import EventStream, LearnerRequest, SeeOther, event, wants_events
from cards.services import assistant
from cards.services.assistant import ElsewhereError, RefusedError

PLAIN = "text/plain; charset=utf-8"


@require_safe
def index(request: LearnerRequest) -> HttpResponse:
    """Offer to ask, and list the conversations."""
    words, page = SearchForm(request.GET).words, request.GET.get("page", "")[:10]
    context = {
        "conversations": assistant.find_conversations(request.user, words, page),
        "words": words,
        "suggestions": assistant.suggestions(request.user, at=request.at),
    }
    return render(request, "assistant/assistant.html", context)


@require_POST
def ask(request: LearnerRequest) -> HttpResponseBase:
    """Answer, in a conversation that goes on or begins."""
    form = AskForm(request.POST)
    if not form.is_valid():
        return _refused(request, form, RefusedError(form.reason))
    try:
        message = assistant.ask_and_keep(request.user, form.asking(), at=request.at)
    except RefusedError as refused:
        return _refused(request, form, refused)
    if request.htmx and not form.cleaned_data["opens"]:
        return render(request, "assistant/_message.html", {"message": message, "is_new": True})
    go = HttpResponseClientRedirect if request.htmx else SeeOther
    return go(_place(message))


@require_safe
def message(request: LearnerRequest, pk: int) -> HttpResponse:
    """Show one answer as it stands, for a page that waits until it is written."""
    found = assistant.find_message(request.user, pk)
    return render(request, "assistant/_message.html", {"message": found})


@require_POST
def words(request: LearnerRequest, pk: int) -> HttpResponseBase:
    """Have the model word an answer: as it comes for a script, else when it is done."""
    again = "again" in request.POST
    try:
        writing = assistant.word(request.user, pk, again=again, at=request.at)
    except ElsewhereError as elsewhere:
        if wants_events(request):
            return HttpResponse(str(elsewhere), PLAIN, status=409)
        messages.info(request, str(elsewhere))
        return SeeOther(_place(elsewhere.message))
    if wants_events(request):
        return EventStream(writing, partial(_told, request))
    return SeeOther(_place(writing.finish()))


@require_POST
def stop(request: LearnerRequest, pk: int) -> HttpResponse:
    """Stop the model, and show the answer as it stands."""
    stopped = assistant.stop_wording(request.user, pk)
    return render(request, "assistant/_message.html", {"message": stopped})


@require_safe
def conversation(request: LearnerRequest, pk: int) -> HttpResponse:
    """Show a conversation."""
    return _shown(request, pk)


@require_POST
def title(request: LearnerRequest, pk: int) -> HttpResponse:
    """Give a conversation another title."""
    form = TitleForm(request.POST)
    if not form.is_valid():
        return _shown(request, pk, form)
    assistant.rename_conversation(request.user, pk, form.cleaned_data["title"])
    return SeeOther(reverse("assistant_conversation", args=[pk]))


@require_POST
def delete(request: LearnerRequest, pk: int) -> HttpResponse:
    """Delete a conversation."""
    name = assistant.delete_conversation(request.user, pk)
    messages.success(request, f"Deleted: “{name}”.")
    return SeeOther(reverse("assistant"))


@require_safe
def export_markdown(request: LearnerRequest, pk: int) -> HttpResponse:
    """Give a conversation as a Markdown file."""
    text = assistant.as_markdown(*assistant.conversation_of(request.user, pk))
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="llmprep-conversation-{pk}.md"'
    return response


@require_safe
def export_json(request: LearnerRequest, pk: int) -> HttpResponse:
    """Give a conversation as a JSON file."""
    data = assistant.as_json(*assistant.conversation_of(request.user, pk))
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="llmprep-conversation-{pk}.json"'
    return response


def _place(message: Any) -> str:
    conversation = reverse("assistant_conversation", args=[message.conversation_id])
    return f"{conversation}#message-{message.pk}"


def _told(request: LearnerRequest, part: Any) -> str:
    """A piece of text, or the message as it is kept."""
    if isinstance(part, str):
        return event("piece", text=part)
    return event(
        "done", html=render_to_string("assistant/_message.html", {"message": part}, request)
    )


def _shown(request: LearnerRequest, pk: int, form: TitleForm | None = None) -> HttpResponse:
    found, said = assistant.conversation_of(request.user, pk)
    context = {"conversation": found, "said": said, "form": form}
    return render(request, "assistant/conversation.html", context, status=400 if form else 200)


def _refused(request: LearnerRequest, form: AskForm, refused: RefusedError) -> HttpResponse:
    """A sentence for the page that asked, or a page with what was written."""
    if request.htmx:
        response = HttpResponse(str(refused), PLAIN, status=refused.status)
    else:
        context = {"reason": str(refused)} | form.written(goes_on=refused.retry_after > 0)
        response = render(request, "assistant/refused.html", context, status=refused.status)
    if refused.retry_after:
        response["Retry-After"] = str(refused.retry_after)
    return response
