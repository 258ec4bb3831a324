"""The question itself, without its rows of parts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from cards.services.library import answer_preview

LONGEST_PROMPT = 2000
LONGEST_MISCONCEPTION = 500
LONGEST_MISCONCEPTIONS = 100_000  # as much as a question file may hold
LONGEST_ANSWER = 20_000
MAX_VERSION = 2**31 - 1
LIVE = {  # the preview follows what is typed; without script there is a button
    "hx-post": reverse_lazy("library_preview"),
    "hx-trigger": "keyup changed delay:400ms, change",
    "hx-target": "#library-preview",
    "hx-swap": "outerHTML",
    "hx-sync": "closest form:replace",
    "dir": "auto",
}


class LongField(forms.CharField):
    """A text of more lines; a browser ends them with two characters, a file with one."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Return it with lines that end as in a file."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class LinesField(forms.CharField):
    """One text on each line."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[str]:
        """Return the lines that hold anything."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if any(len(line) > LONGEST_MISCONCEPTION for line in lines):
            raise ValidationError(f"Each line can hold {LONGEST_MISCONCEPTION} characters.")
        return lines


class QuestionForm(forms.Form):
    """A question of one's own; `version` is the one that was opened, `token` that of a new one."""

    version = forms.IntegerField(
        required=False, min_value=0, max_value=MAX_VERSION, widget=forms.HiddenInput
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    category = forms.ChoiceField()
    prompt = LongField(
        label="Question",
        max_length=LONGEST_PROMPT,
        widget=forms.Textarea(attrs={"rows": 3} | LIVE),
    )
    answer = LongField(
        label="Model answer",
        max_length=LONGEST_ANSWER,
        strip=False,
        required=False,
        help_text="Markdown; formulas between dollar signs.",
        widget=forms.Textarea(attrs={"rows": 14} | LIVE),
    )
    hint = forms.CharField(
        max_length=500,
        required=False,
        help_text="One nudge that gives nothing away.",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    level = forms.TypedChoiceField(
        coerce=int, choices=[(1, "1 · basic"), (2, "2 · solid"), (3, "3 · hard")], initial=2
    )
    minutes = forms.IntegerField(
        label="Minutes", min_value=1, max_value=60, initial=3, help_text="To answer it aloud."
    )
    misconceptions = LinesField(
        label="What people get wrong",
        max_length=LONGEST_MISCONCEPTIONS,
        required=False,
        help_text="One on each line. In a review you can say that you said it.",
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, categories: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["category"].choices = categories  # type: ignore[attr-defined]


class PreviewForm(forms.Form):
    """What a preview needs; neither has to be there yet."""

    prompt = LongField(max_length=LONGEST_PROMPT, required=False)
    answer = LongField(max_length=LONGEST_ANSWER, strip=False, required=False)

    def preview(self) -> dict[str, str]:
        """Question and answer as they will look; only after `is_valid`."""
        data = self.cleaned_data
        return {"prompt": data["prompt"], "html": answer_preview(data["answer"])}


class VersionForm(forms.Form):
    """Which version of a question is meant."""

    version = forms.IntegerField(min_value=1, max_value=MAX_VERSION)

    def number(self) -> int:
        """Return it; 0, which no version has, for anything else."""
        return int(self.cleaned_data["version"]) if self.is_valid() else 0
