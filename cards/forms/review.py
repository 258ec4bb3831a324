"""A grade as it is sent."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from cards.rubric import Confidence, Recall
from cards.scheduling import BUTTONS, MAX_INTERVAL_DAYS, Mode
from cards.services.review import Submission

LONGEST_ATTEMPT = 20_000
MAX_POINTS = 50
POINT = "point-"
RECALLS = {str(one.value): one for one in Recall}
MAX_ID = 2**63 - 1
A_DAY_MS = 24 * 60 * 60 * 1000


class PointsInput(forms.Widget):
    """The radios of the key points: `point-<id>`, each no, partly or yes."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:  # noqa: ARG002
        """Return what was chosen, by id."""
        return {key[len(POINT) :]: data[key] for key in data if key.startswith(POINT)}


class PointsField(forms.Field):
    """How far each key point was said, by its id."""

    widget = PointsInput

    def clean(self, value: Any) -> dict[int, Recall]:
        """Return the judgements; refuse anything else."""
        if len(value) > MAX_POINTS or not all(
            is_id(key) and choice in RECALLS for key, choice in value.items()
        ):
            raise ValidationError("The points that came with this grade cannot be read.")
        return {int(key): RECALLS[choice] for key, choice in value.items()}


class PlacesField(forms.Field):
    """Places in a list, from 0, or ids."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> frozenset[int]:
        """Return the places; refuse anything else."""
        texts = value or []
        if len(texts) > MAX_POINTS or not all(map(is_id, texts)):
            raise ValidationError("What came with this grade cannot be read.")
        return frozenset(map(int, texts))


class ToldField(forms.Field):
    """The interval that each of the four buttons told, in days."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> tuple[int, ...]:
        """Return the four in order, or nothing; refuse anything else."""
        texts = value or []
        days = tuple(int(text) for text in texts if is_id(text))
        is_whole = len(texts) == len(days) == len(BUTTONS) and max(days) <= MAX_INTERVAL_DAYS
        if texts and not is_whole:
            raise ValidationError("The days that came with this grade cannot be read.")
        return days


def is_id(text: str) -> bool:
    """Is it a whole number that a database can hold?"""
    return text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= MAX_ID


class AnswerForm(forms.Form):
    """An answer as the learner judges it, before a grade."""

    attempt = forms.CharField(required=False, strip=False, max_length=LONGEST_ATTEMPT)
    points = PointsField(required=False)
    misconception = PlacesField(required=False)
    drill = PlacesField(required=False)
    confidence = forms.TypedChoiceField(
        required=False,
        choices=[(str(one.value), one.name) for one in Confidence],
        coerce=lambda value: Confidence(int(value)),
        empty_value=None,
    )
    hint_used = forms.BooleanField(required=False)
    attempt_ms = forms.IntegerField(required=False, min_value=0)
    duration_ms = forms.IntegerField(required=False, min_value=0)

    def submission(self) -> Submission:
        """The answer; only after `is_valid`."""
        data = self.cleaned_data
        return Submission(
            submission_id=data.get("submission_id", UUID(int=0)),
            seen_version=data.get("version", 0),
            quality=data.get("quality", 0),
            attempt=data["attempt"],
            judged=data["points"],
            misconceptions=data["misconception"],
            drilled=data["drill"],
            confidence=data["confidence"],
            hint_used=data["hint_used"],
            attempt_ms=_within_a_day(data["attempt_ms"]),
            duration_ms=_within_a_day(data["duration_ms"]),
            mode=Mode(data.get("mode") or Mode.DUE),
            told=data.get("told", ()),
        )


class GradeForm(AnswerForm):
    """One grade with the card as it was seen."""

    submission_id = forms.UUIDField()
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    quality = forms.IntegerField(min_value=0, max_value=5)
    mode = forms.ChoiceField(required=False, choices=[(mode.value, mode.value) for mode in Mode])
    told = ToldField(required=False)


def _within_a_day(duration_ms: int | None) -> int | None:
    return None if duration_ms is None else min(duration_ms, A_DAY_MS)


class AsideForm(forms.Form):
    """Which state of the card was seen when it was put aside."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)


class SessionForm(forms.Form):
    """What a review page may be asked for; what makes no sense is left out."""

    question = forms.SlugField(required=False, max_length=80)
    undone = forms.IntegerField(required=False, min_value=1, max_value=MAX_ID)

    def chosen(self) -> dict[str, Any]:
        """Return what could be read."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}


class UndoForm(forms.Form):
    """Which review to take back."""

    review_id = forms.IntegerField(min_value=1, max_value=MAX_ID)
