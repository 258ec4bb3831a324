"""What is asked of the assistant, and what a conversation is called."""

from typing import Any

from django import forms

from cards.forms.review import MAX_ID
from cards.models import LONGEST_TITLE
from cards.services.assistant import LONGEST_ASKED, Asking

LONGEST_SEARCH = 200
UNREADABLE = "What was sent cannot be read. Nothing was asked: reload the page and ask again."


class AskForm(forms.Form):
    """Something asked: written, or a suggestion that was pressed."""

    submission_id = forms.UUIDField(error_messages={"required": UNREADABLE, "invalid": UNREADABLE})
    text = forms.CharField(required=False, max_length=LONGEST_ASKED)
    suggested = forms.CharField(required=False, max_length=LONGEST_ASKED)
    conversation = forms.IntegerField(required=False, min_value=1, max_value=MAX_ID)
    about = forms.SlugField(required=False, max_length=80)
    opens = forms.BooleanField(required=False)  # go to the conversation, where htmx asks, too

    def __init__(self, data: Any) -> None:
        # A browser sends two characters for each line break where the learner typed one.
        data = data.copy()
        data["text"] = data.get("text", "").replace("\r\n", "\n")
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        """Something has to be asked."""
        data: dict[str, Any] = self.cleaned_data
        if not self.errors and not (data["suggested"] or data["text"]):
            self.add_error("text", "Write what you want to know, then ask.")
        return data

    def asking(self) -> Asking:
        """Return it as the service takes it."""
        data = self.cleaned_data
        text = data["suggested"] or data["text"]
        return Asking(data["submission_id"], text, data["conversation"], data["about"])

    def written(self, *, goes_on: bool) -> dict[str, Any]:
        """Return what a page shows that asks again; `goes_on`: in the same conversation."""
        return {
            "text": self.data["text"] or self.data.get("suggested", ""),
            "about": self.cleaned_data.get("about", ""),
            "conversation_id": self.cleaned_data.get("conversation") if goes_on else None,
        }

    @property
    def reason(self) -> str:
        """What is wrong, in one sentence."""
        if self.errors.as_data().get("text", [None])[0] is None:
            return UNREADABLE
        if any(error.code == "max_length" for error in self.errors.as_data()["text"]):
            return f"A question holds {LONGEST_ASKED} characters. Nothing was lost: shorten it."
        return str(self.errors["text"][0])


class SearchForm(forms.Form):
    """Words to find a conversation by."""

    q = forms.CharField(required=False)

    @property
    def words(self) -> str:
        """Return them, as many as are looked for; none where they cannot be read."""
        words: str = self.cleaned_data.get("q", "") if self.is_valid() else ""
        return words[:LONGEST_SEARCH].strip()


class TitleForm(forms.Form):
    """Another title."""

    title = forms.CharField(
        max_length=LONGEST_TITLE,
        error_messages={
            "required": "A conversation needs a title. Nothing was changed.",
            "max_length": f"A title holds {LONGEST_TITLE} characters. Nothing was changed.",
        },
    )
