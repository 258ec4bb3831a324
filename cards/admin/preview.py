"""What a learner would see of what is typed in the form now; nothing is stored."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from cards.admin import text
from cards.admin.forms import PointFields, QuestionForm
from cards.markup import render


class PreviewForm(forms.Form):
    """The texts of the question's form, each with its limit."""

    prompt = QuestionForm.base_fields["prompt"]
    answer = QuestionForm.base_fields["answer"]
    hint = QuestionForm.base_fields["hint"]
    minutes = QuestionForm.base_fields["minutes"]
    misconceptions = QuestionForm.base_fields["misconceptions"]
    follow_ups = QuestionForm.base_fields["follow_ups"]


PointsPreview = forms.formset_factory(PointFields, extra=0, max_num=50, absolute_max=50)


@dataclass(frozen=True, slots=True)
class Preview:
    """The question as far as it could be read, and what could not."""

    question: dict[str, Any]
    points: list[dict[str, Any]]
    faults: list[str]


def preview_of(data: QueryDict) -> Preview:
    """Read what was posted, kindly: what is wrong is named and left out."""
    form = PreviewForm(data)
    points = PointsPreview(data, prefix="key_points")
    form.is_valid()
    points.is_valid()
    faults = [f"{name}: {error}" for name, errors in form.errors.items() for error in errors]
    shown: dict[str, Any] = {name: form.cleaned_data.get(name) or "" for name in form.fields}
    for name in ("misconceptions", "follow_ups"):
        try:
            shown[name] = text.READERS[name](text.unix(shown[name]))
        except forms.ValidationError as error:
            faults += [f"{name}: {message}" for message in error.messages]
            shown[name] = []
    shown["answer_html"] = render(text.unix(shown["answer"]))
    for follow_up in shown["follow_ups"]:
        follow_up["html"] = render(follow_up["answer"])
    return Preview(shown, _points(points), faults)


def _points(points: Any) -> list[dict[str, Any]]:
    try:
        rows = [form.cleaned_data for form in points.forms if hasattr(form, "cleaned_data")]
    except forms.ValidationError:
        return []
    used = [row for row in rows if row.get("text") and not row.get("retired")]
    return sorted(used, key=lambda row: 999 if row.get("position") is None else row["position"])
