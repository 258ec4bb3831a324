"""Writing questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict

from cards.services.bank import BankPoint, BankQuestion
from cards.services.library import category_choices, point_key

if TYPE_CHECKING:
    from cards.models import Question

MAX_POINTS = 8


class QuestionForm(forms.Form):
    """A question of one's own."""

    category = forms.ChoiceField(choices=category_choices)
    prompt = forms.CharField(
        label="Question",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    answer = forms.CharField(
        label="Model answer",
        max_length=20_000,
        strip=False,
        required=False,
        help_text="Markdown; formulas between dollar signs.",
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    hint = forms.CharField(
        max_length=500, required=False, help_text="One nudge that gives nothing away."
    )
    level = forms.TypedChoiceField(
        coerce=int, choices=[(1, "1 · basic"), (2, "2 · solid"), (3, "3 · hard")], initial=2
    )
    minutes = forms.IntegerField(
        label="Minutes", min_value=1, max_value=60, initial=3, help_text="To answer it aloud."
    )


class PointForm(forms.Form):
    """One key point; an empty one is left out."""

    key = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)
    text = forms.CharField(max_length=400, required=False, label="Key point")
    essential = forms.BooleanField(required=False)


PointFormSet = formset_factory(
    PointForm, extra=MAX_POINTS, max_num=MAX_POINTS, absolute_max=MAX_POINTS
)


class QuestionEditor:
    """The question's form and its points, as one."""

    def __init__(self, form: QuestionForm, points: BaseFormSet[Any], title: str) -> None:
        self.form = form
        self.points = points
        self.title = title

    @classmethod
    def empty(cls) -> Self:
        """A new question."""
        return cls(QuestionForm(), PointFormSet(prefix="points"), "New question")

    @classmethod
    def showing(cls, question: Question) -> Self:
        """A question as it is."""
        names = ("prompt", "answer", "hint", "level", "minutes")
        initial = {name: getattr(question, name) for name in names}
        form = QuestionForm(initial=initial | {"category": question.category.slug})
        points = [
            {"key": point["key"], "text": point["text"], "essential": point["essential"]}
            for point in question.points
        ]
        return cls(form, PointFormSet(initial=points, prefix="points"), "Edit question")

    def filled(self, data: QueryDict) -> Self:
        """The same with what was sent."""
        points = PointFormSet(data, prefix="points")
        return type(self)(QuestionForm(data), points, self.title)

    def is_valid(self) -> bool:
        """Check both."""
        return all([self.form.is_valid(), self.points.is_valid()])

    def refuse(self, reason: str) -> None:
        """Say why it was not taken."""
        self.form.add_error(None, reason)

    @property
    def category(self) -> str:
        """The chosen category; only after `is_valid`."""
        return str(self.form.cleaned_data["category"])

    def entry(self) -> BankQuestion:
        """What to store; only after `is_valid`."""
        data = self.form.cleaned_data
        return BankQuestion(
            slug="",
            prompt=data["prompt"],
            answer=data["answer"],
            level=data["level"],
            minutes=data["minutes"],
            hint=data["hint"],
            key_points=tuple(self._entries()),
            misconceptions=[],
            follow_ups=[],
            references=[],
            related=[],
            checked_on=None,
        )

    def _entries(self) -> list[BankPoint]:
        taken: set[str] = set()
        entries = []
        for row in self.points.cleaned_data:
            text = row.get("text", "")
            if not text:
                continue
            key = row.get("key") or point_key()
            key = point_key() if key in taken else key
            taken.add(key)
            entries.append(BankPoint(key, text, row.get("essential", False)))
        return entries
