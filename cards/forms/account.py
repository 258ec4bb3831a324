"""Sign-up and settings."""

from dataclasses import asdict
from typing import Any
from zoneinfo import available_timezones

from django import forms

from cards.services.account import Planning, Preferences, Replanned

SCHEDULERS = {"sm2": "SM-2", "fsrs": "FSRS", "anki": "Anki’s variant of SM-2"}
ZONES = sorted(available_timezones() - {"localtime", "Factory"})


class SignupForm(forms.Form):
    """What sign-up asks besides e-mail and password; the zone is filled in by the browser."""

    name = forms.CharField(
        max_length=80, label="Name", widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    time_zone = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    field_order = ("name", "email", "password1")

    def clean_time_zone(self) -> str:
        """A zone nobody knows, or none, is UTC: it can be set later and must not stop anybody."""
        zone = str(self.cleaned_data["time_zone"])
        return zone if zone in ZONES else "UTC"

    def signup(self, request: Any, user: Any) -> None:
        """Nothing more to do: the adapter has stored everything."""


class SettingsForm(forms.Form):
    """Study settings; every field says what it does and what it starts as."""

    name = forms.CharField(max_length=80, help_text="What we call you.")
    time_zone = forms.ChoiceField(
        choices=[(zone, zone.replace("_", " ")) for zone in ZONES],
        help_text="Where your day is. Starts as what your browser says.",
    )
    day_start = forms.TimeField(
        label="A new day starts at",
        help_text="Answers before this hour still count for the day before. Starts as 04:00.",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    new_per_day = forms.IntegerField(
        label="New questions a day", min_value=0, max_value=999, help_text="Starts as 10."
    )
    reviews_per_day = forms.IntegerField(
        label="Reviews a day",
        min_value=0,
        max_value=9999,
        help_text="At most this many due questions a day; the rest waits. Starts as 200.",
    )
    shows_labels = forms.BooleanField(
        label="Dates on the grade buttons",
        required=False,
        help_text="When the question comes back for each grade. Starts as shown.",
    )
    shows_timer = forms.BooleanField(
        label="Timer",
        required=False,
        help_text="How long the question has been there. Starts as shown.",
    )
    uses_keys = forms.BooleanField(
        label="Single keys during a review",
        required=False,
        help_text="1 to 4 grade, u undoes, ? lists them all. Starts as on.",
    )

    @classmethod
    def showing(cls, preferences: Preferences) -> "SettingsForm":
        """The form filled with what is stored."""
        return cls(initial=asdict(preferences))

    def preferences(self) -> Preferences:
        """What the learner wants; only after `is_valid`."""
        return Preferences(**self.cleaned_data)


class PlanningForm(forms.Form):
    """Which scheduler plans the cards, and how."""

    scheduler = forms.ChoiceField(
        choices=list(SCHEDULERS.items()),
        help_text="SM-2 is the published rule; every date can be worked out by hand. FSRS asks "
        "again when your recall is expected to have fallen to the share below. Anki’s variant "
        "gives the dates you know from there. Starts as SM-2.",
    )
    desired_retention = forms.IntegerField(
        label="Recall wanted, in per cent",
        min_value=70,
        max_value=97,
        help_text="For FSRS, from 70 to 97: the higher, the more often it asks. Starts as 90.",
    )
    spreads_intervals = forms.BooleanField(
        label="Spread what was learned together",
        required=False,
        help_text="Moves intervals of 3 days and more to one of the days around them: the one with "
        "the fewest cards for what you want of its weekday, and no day off where another is free. "
        "Weekdays and days off are set under Interview. Starts as off.",
    )

    @classmethod
    def showing(cls, planning: Planning) -> "PlanningForm":
        """The form filled with what is stored."""
        return cls(initial=asdict(planning))

    def planning(self) -> Planning:
        """What the learner wants; only after `is_valid`."""
        return Planning(**self.cleaned_data)


def told(done: Replanned | None, planning: Planning) -> str:
    """Say what another way of planning did."""
    if done is None:
        return "Your cards are planned that way already."
    name, cards = SCHEDULERS[planning.scheduler], "card" if done.cards == 1 else "cards"
    return f"{name} has planned your {done.cards} {cards} anew; {done.changed} changed."
