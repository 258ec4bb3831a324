"""An attempt as it is sent for a second opinion, or to the interviewer."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cards.assistant.probe import MOST_PROBES
from cards.forms.review import LONGEST_ATTEMPT, PointsField
from cards.services.assistant import Attempted, Probing

LONGEST_PROBE = 400
UNREADABLE = (
    "What was sent cannot be read, so nothing was asked. Nothing was lost: reload the page and "
    "ask again."
)
TOO_LONG = f"An answer holds {LONGEST_ATTEMPT} characters here. Nothing was lost: shorten it."


class AttemptForm(forms.Form):
    """What both need: the number of the form, and the attempt."""

    submission_id = forms.UUIDField(error_messages={"required": UNREADABLE, "invalid": UNREADABLE})
    attempt = forms.CharField(
        required=False,
        strip=False,
        max_length=LONGEST_ATTEMPT,
        error_messages={"max_length": TOO_LONG, "null_characters_not_allowed": UNREADABLE},
    )

    @property
    def reason(self) -> str:
        """What is wrong, in one sentence."""
        return str(next(iter(self.errors.values()))[0])

    @property
    def words(self) -> str:
        """The attempt; a browser sends two characters for each line break."""
        attempt: str = self.cleaned_data["attempt"]
        return attempt.replace("\r\n", "\n")


class OpinionForm(AttemptForm):
    """An attempt with what is ticked so far."""

    points = PointsField(required=False)

    def attempted(self) -> Attempted:
        """Return it as the service takes it; only after `is_valid`."""
        data = self.cleaned_data
        return Attempted(data["submission_id"], self.words, data["points"])


class LinesField(forms.Field):
    """A text for each of the interviewer's questions."""

    widget = forms.MultipleHiddenInput

    def __init__(self, longest: int) -> None:
        super().__init__(required=False)
        self.longest = longest

    def clean(self, value: Any) -> list[str]:
        """Return the texts; refuse what no page sends."""
        texts = [str(one).replace("\r\n", "\n") for one in value or []]
        if len(texts) > MOST_PROBES or any("\0" in one for one in texts):
            raise ValidationError(UNREADABLE)
        if any(len(one) > self.longest for one in texts):
            raise ValidationError(TOO_LONG if self.longest == LONGEST_ATTEMPT else UNREADABLE)
        return texts


class ProbeForm(AttemptForm):
    """An attempt with the interviewer's questions so far, each with its answer."""

    asked = LinesField(LONGEST_PROBE)
    answered = LinesField(LONGEST_ATTEMPT)

    def clean(self) -> dict[str, Any]:
        """Each question has its answer, which may be empty."""
        data: dict[str, Any] = self.cleaned_data
        if not self.errors and len(data["asked"]) != len(data["answered"]):
            raise ValidationError(UNREADABLE)
        return data

    def probing(self) -> Probing:
        """Return it as the service takes it; only after `is_valid`."""
        data = self.cleaned_data
        earlier = tuple(zip(data["asked"], data["answered"], strict=True))
        return Probing(data["submission_id"], self.words, earlier)
