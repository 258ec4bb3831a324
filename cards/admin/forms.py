"""A shared question as staff write it: lists are lines of text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from cards.admin import text
from cards.models import KeyPoint, Question
from cards.services.bank import BankPoint, BankQuestion, question_faults
from cards.services.library import point_key

if TYPE_CHECKING:
    QuestionModelForm = forms.ModelForm[Question]
    PointModelForm = forms.ModelForm[KeyPoint]
    InlineFormSet = forms.BaseInlineFormSet[KeyPoint, Question, "PointForm"]
else:
    QuestionModelForm = PointModelForm = forms.ModelForm
    InlineFormSet = forms.BaseInlineFormSet

MOST_POINTS = 8
MOVES = {"position", "retired"}
LEVELS = [(1, "1 · basic"), (2, "2 · solid"), (3, "3 · hard")]
SLUG = RegexValidator(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", "Only a–z, 0–9 and single hyphens.")


def _lines(rows: int, help_text: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "cols": 100, "dir": "auto"})
    return forms.CharField(
        required=False, strip=False, max_length=30_000, help_text=help_text, widget=widget
    )


class QuestionForm(QuestionModelForm):
    """Everything a question file says, but the points."""

    level = forms.TypedChoiceField(coerce=int, choices=LEVELS, initial=2)
    minutes = forms.IntegerField(min_value=1, max_value=60, initial=3, help_text="To say it.")
    misconceptions = _lines(4, "One on each line.")
    follow_ups = _lines(12, text.FOLLOW_UPS_HELP)
    references = _lines(4, text.REFERENCES_HELP)
    related = _lines(3, "Slugs of shared questions, one on each line.")
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    accept_faults = forms.BooleanField(
        required=False,
        label="Save in spite of the house rules",
        help_text="The rules for shipped questions (docs/write-a-question.md) are then not asked.",
    )

    class Meta:
        model = Question
        fields = ("slug", "category", "prompt", "answer", "level", "minutes", "hint", "checked_on")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for name, written in text.WRITERS.items():
            self.initial[name] = written(getattr(self.instance, name))
        self.initial["seen_version"] = self.instance.version if self.instance.pk else None
        if "slug" in self.fields:
            self.fields["slug"].validators.append(SLUG)

    def clean(self) -> dict[str, Any]:
        """Read the lists, and refuse to overwrite what somebody else wrote meanwhile."""
        data = super().clean() or self.cleaned_data
        for name in ("prompt", "answer", "hint"):
            data[name] = text.unix(data.get(name) or "")
        for name, read in text.READERS.items():
            try:
                data[name] = read(text.unix(data.get(name) or ""))
            except ValidationError as error:
                self.add_error(name, error)
        missing = set(data.get("related") or ()) - set(
            Question.objects.filter(owner=None, slug__in=data.get("related") or ()).values_list(
                "slug", flat=True
            )
        )
        if missing:
            self.add_error("related", f"There is no shared question “{min(missing)}”.")
        if self.instance.pk and self._version_now() != data.get("seen_version"):
            raise ValidationError(
                "Somebody else changed this question since you opened it. Nothing was stored, and "
                "what you typed is still here: open the question in another tab and compare."
            )
        return data

    def _version_now(self) -> int:
        """The row stays locked until what is written here is stored."""
        return Question.objects.select_for_update().get(pk=self.instance.pk).version

    def entry(self) -> BankQuestion:
        """What to store, without its points; only when valid."""
        data = self.cleaned_data
        return BankQuestion(
            slug=self.instance.slug or data["slug"],
            key_points=(),
            second_read_on=data["checked_on"],  # to staff, whoever checks it reads it
            **{name: data[name] for name in ENTRY_FIELDS},
        )


ENTRY_FIELDS = (
    "prompt", "answer", "level", "minutes", "hint", "misconceptions", "follow_ups", "references",
    "related", "checked_on",
)  # fmt: skip


class PointFields(forms.Form):
    """One key point as it is typed."""

    text = forms.CharField(
        max_length=400, widget=forms.Textarea(attrs={"rows": 2, "cols": 60, "dir": "auto"})
    )
    essential = forms.BooleanField(required=False)
    cue = forms.CharField(
        max_length=200, required=False, help_text="What a drill asks; empty: the point's place."
    )
    position = forms.IntegerField(required=False, min_value=0, max_value=999)
    retired = forms.BooleanField(required=False, help_text="Not asked any more; history stays.")


class PointForm(PointFields, PointModelForm):
    """One key point of a question that exists: its key never changes."""

    class Meta:
        model = KeyPoint
        fields = ("text", "essential", "cue", "position")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.initial["retired"] = bool(self.instance.retired_at)
        if not self.instance.pk:
            self.initial["position"] = None

    def clean_position(self) -> int:
        """Without a place it comes last."""
        place: int | None = self.cleaned_data["position"]
        return 999 if place is None else place


class PointFormSet(InlineFormSet):
    """The points of one question, checked together with it."""

    def clean(self) -> None:
        """At most eight, and the house rules."""
        super().clean()
        if any(self.errors):
            return
        points = self.points()
        if len(points) > MOST_POINTS:
            raise ValidationError(f"At most {MOST_POINTS} points in use; these are {len(points)}.")
        entry: BankQuestion | None = getattr(self.instance, "entry", None)  # by QuestionAdmin
        if entry is None or getattr(self.instance, "accepts_faults", False):
            return
        whole = replace(entry, key_points=tuple(points))
        if faults := list(question_faults(whole, settings.DIAGRAMS_DIR)):
            raise ValidationError([*faults, "Mend this, or tick “Save in spite of …” above."])

    def points(self) -> list[BankPoint]:
        """The points in use, in order, one just put there before the one that was; when valid."""
        rows = [
            (form.cleaned_data["position"], MOVES.isdisjoint(form.changed_data), place, form)
            for place, form in enumerate(self.forms)
            if form.cleaned_data.get("text") and not form.cleaned_data["retired"]
        ]
        return [
            BankPoint(
                id=form.instance.key or point_key(),
                text=form.cleaned_data["text"],
                essential=form.cleaned_data["essential"],
                cue=form.cleaned_data["cue"],
            )
            for *_, form in sorted(rows, key=lambda row: row[:3])
        ]
