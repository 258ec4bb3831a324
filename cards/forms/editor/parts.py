"""The rows of an editor: key points, follow-ups, sources. An empty row is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory

from cards.forms.editor.question import LongField
from cards.services.bank import is_web_address

MOST_POINTS, MOST_FOLLOW_UPS, MOST_REFERENCES = 8, 4, 5
MOST_ROWS = 40  # sent at once: rows that were taken out again leave gaps
AUTO = {"dir": "auto"}


if TYPE_CHECKING:  # at run time it takes no type
    _FormSet = BaseFormSet["PointForm"]
else:
    _FormSet = BaseFormSet


class PointForm(forms.Form):
    """One key point; `place` says where it stands among the others."""

    key = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)
    place = forms.IntegerField(required=False, min_value=0, max_value=999, widget=forms.HiddenInput)
    text = LongField(
        max_length=400,
        required=False,
        label="Key point",
        widget=forms.Textarea(attrs={"rows": 2} | AUTO),
    )
    cue = forms.CharField(
        max_length=200,
        required=False,
        label="Cue",
        widget=forms.TextInput(attrs=AUTO),
    )
    essential = forms.BooleanField(required=False)


class _Points(_FormSet):
    def clean(self) -> None:
        """Refuse more than a review can show."""
        if len(written(self)) > MOST_POINTS:
            raise ValidationError(f"A question can have {MOST_POINTS} key points.")


def written(points: BaseFormSet[PointForm]) -> list[dict[str, Any]]:
    """Return the rows that hold a text, by their place."""
    rows = [
        (data.get("place"), number, data)
        for number, form in enumerate(points.forms)
        if (data := getattr(form, "cleaned_data", {})) and data.get("text")
    ]
    rows.sort(key=lambda row: (row[1] if row[0] is None else row[0], row[1]))
    return [data for _place, _number, data in rows]


class FollowUpForm(forms.Form):
    """What an interviewer would ask next."""

    prompt = forms.CharField(
        max_length=500, required=False, label="Follow-up", widget=forms.TextInput(attrs=AUTO)
    )
    answer = LongField(
        max_length=3000,
        required=False,
        label="Its answer",
        widget=forms.Textarea(attrs={"rows": 3} | AUTO),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse half a follow-up."""
        data = self.cleaned_data
        if not self.errors and bool(data["prompt"]) != bool(data["answer"]):
            raise ValidationError("A follow-up needs both question and answer, or neither.")
        return data


class ReferenceForm(forms.Form):
    """A source."""

    title = forms.CharField(max_length=300, required=False, widget=forms.TextInput(attrs=AUTO))
    authors = forms.CharField(max_length=300, required=False, widget=forms.TextInput(attrs=AUTO))
    year = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=9999,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    url = forms.CharField(
        max_length=500, required=False, label="Address", widget=forms.TextInput(attrs=AUTO)
    )

    def clean_url(self) -> str:
        """Take nothing but a web address."""
        url = str(self.cleaned_data["url"])
        if url and not is_web_address(url):
            raise ValidationError("An address starts with https:// or http://.")
        return url

    def clean(self) -> dict[str, Any]:
        """Refuse half a source."""
        data = self.cleaned_data
        given = [data.get(name) not in (None, "") for name in ("title", "authors", "year", "url")]
        if not self.errors and any(given) and not all(given):
            raise ValidationError("A source needs title, authors, year and address, or none.")
        return data


PointFormSet = formset_factory(
    PointForm, formset=_Points, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS
)
FollowUpFormSet = formset_factory(
    FollowUpForm, extra=MOST_FOLLOW_UPS, max_num=MOST_FOLLOW_UPS, absolute_max=MOST_FOLLOW_UPS
)
ReferenceFormSet = formset_factory(
    ReferenceForm, extra=MOST_REFERENCES, max_num=MOST_REFERENCES, absolute_max=MOST_REFERENCES
)
