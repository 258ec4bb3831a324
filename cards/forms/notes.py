"""What is sent to be kept beside a question."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cards.services.notes import FLAGS, LONGEST_NOTE
from cards.services.tags import LONGEST as LONGEST_TAG
from cards.services.tags import MOST_ON_QUESTION

PLACES = ("question", "review")


class BesideForm(forms.Form):
    """Where the learner was, so that without script they come back to it."""

    back = forms.CharField(required=False, max_length=20)

    def clean_back(self) -> str:
        """Only places of our own; anything else is the question's page."""
        back = self.cleaned_data["back"]
        return back if back in PLACES else PLACES[0]

    @property
    def place(self) -> str:
        """Where to go back to, even when the rest cannot be read."""
        back: str = self.cleaned_data.get("back", PLACES[0])
        return back


class NoteForm(BesideForm):
    """A note."""

    text = forms.CharField(
        required=False,
        strip=False,
        max_length=LONGEST_NOTE,
        error_messages={
            "max_length": f"A note holds {LONGEST_NOTE} characters, and this has %(show_value)d. "
            "Nothing was saved or lost: shorten it and save again.",
            "null_characters_not_allowed": "There is a character in it that cannot be kept. "
            "Nothing was saved: type it anew and save again.",
        },
    )

    def __init__(self, data: Any) -> None:
        # A browser sends two characters for each line break where the learner typed one.
        data = data.copy()
        data["text"] = data.get("text", "").replace("\r\n", "\n")
        super().__init__(data)


class FlagForm(BesideForm):
    """A flag."""

    flag = forms.TypedChoiceField(choices=FLAGS, coerce=int)


class MarkForm(BesideForm):
    """Whether the question is to be marked: said, not switched, so that twice is as once."""

    marked = forms.TypedChoiceField(choices=[("1", "yes"), ("0", "no")], coerce=lambda v: v == "1")


class TagsForm(BesideForm):
    """Tags to put on, separated by commas, and one to take off."""

    add = forms.CharField(required=False, max_length=LONGEST_TAG * MOST_ON_QUESTION * 2)
    untag = forms.CharField(required=False, max_length=LONGEST_TAG)

    def clean_add(self) -> list[str]:
        """Return the tags one by one."""
        names = [name.strip() for name in self.cleaned_data["add"].split(",")]
        if any(len(" ".join(name.split())) > LONGEST_TAG for name in names):
            raise ValidationError(f"A tag has at most {LONGEST_TAG} characters.")
        return [name for name in names if name]

    def clean_untag(self) -> list[str]:
        """Return the tag, if there is one."""
        return [self.cleaned_data["untag"]] if self.cleaned_data["untag"] else []
