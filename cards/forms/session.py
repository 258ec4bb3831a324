"""What a session is chosen by."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cards.services.review import AHEAD_DAYS, Choice, Way

MOST_SLUGS = 200
LONGEST_MINUTES = 180
SLUG = re.compile(r"[a-z0-9-]{1,80}")
PLACES = ("today", "review", "library", "progress")


class SlugsField(forms.Field):
    """The ticked questions; a name that no question could have is left out."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the names, each once, in the order sent; refuse too many."""
        slugs = tuple(dict.fromkeys(slug for slug in value or [] if SLUG.fullmatch(slug)))
        if len(slugs) > MOST_SLUGS:
            raise ValidationError(f"At most {MOST_SLUGS} questions make one session.")
        return slugs


class StartForm(forms.Form):
    """One way to choose, with what it needs; what belongs to another way does not matter."""

    kind = forms.ChoiceField(choices=[(way.value, way.value) for way in Way])
    slug = SlugsField(required=False)
    category = forms.SlugField(required=False, max_length=60)
    minutes = forms.IntegerField(required=False, min_value=1, max_value=LONGEST_MINUTES)
    days = forms.TypedChoiceField(
        required=False,
        choices=[(str(days), days) for days in AHEAD_DAYS],
        coerce=int,
        empty_value=None,
    )
    count = forms.IntegerField(required=False, min_value=1, max_value=MOST_SLUGS)
    moves_schedule = forms.BooleanField(required=False)

    def choice(self) -> Choice:
        """What was chosen; only after `is_valid`."""
        data = self.cleaned_data
        given = {name: data[name] for name in ("minutes", "days", "count") if data[name]}
        return Choice(
            way=Way(data["kind"]),
            slugs=data["slug"],
            category=data["category"],
            moves_schedule=data["moves_schedule"],
            **given,
        )


class PlaceForm(forms.Form):
    """Where to go afterwards; anything else is Today."""

    to = forms.ChoiceField(required=False, choices=[(place, place) for place in PLACES])

    def place(self) -> str:
        """The name of a page."""
        return str(self.cleaned_data["to"] or "today") if self.is_valid() else "today"
