"""What a plan is made from, and how an interview went."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cards.models.learner import MOST_MEETINGS, MOST_MINUTES
from cards.services.readiness import PlanTerms, PlanWishes

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHARES = ((100, "as usual"), (50, "half"), (0, "off"))
WEIGHTS = ((100, "usual"), (200, "double"), (50, "half"), (0, "left out"))
WENT = ((4, "very well"), (3, "well"), (2, "so-so"), (1, "badly"))
FURTHEST = timedelta(days=366)
MOST_ASKED, LONGEST_ASKED = 100, 500
DATE = {"type": "date"}


class PlanForm(forms.Form):
    """The date and the time there is; a field for each weekday, and for each category."""

    interview_on = forms.DateField(
        label="Interview date",
        required=False,
        widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        help_text="Without one nothing is planned, and cards come as they fall due.",
    )
    minutes_per_day = forms.IntegerField(
        label="Minutes a day",
        min_value=1,
        max_value=MOST_MINUTES,
        help_text="On a usual day. Starts as 15.",
    )
    meetings_each = forms.IntegerField(
        label="Meet each question on at least",
        min_value=1,
        max_value=MOST_MEETINGS,
        help_text="days until then, the last of them shortly before. Starts as 3.",
    )

    def __init__(self, data: Any = None, *, terms: PlanTerms) -> None:
        wishes, on = terms.wishes, terms.on
        super().__init__(data, initial={name: getattr(wishes, name) for name in self.base_fields})
        self.on, self.kept_on = on, wishes.interview_on
        self.fields["interview_on"].widget.attrs["min"] = on.isoformat()
        for place, (name, share) in enumerate(zip(WEEKDAYS, wishes.weekday_shares, strict=True)):
            self.fields[f"weekday_{place}"] = _choice(name, SHARES, share)
        for category in terms.categories:
            weight = wishes.category_weights.get(str(category.pk), 100)
            self.fields[f"category_{category.pk}"] = _choice(category.name, WEIGHTS, weight)

    @property
    def weekdays(self) -> list[forms.BoundField]:
        """The fields of the weekdays, from Monday."""
        return [self[name] for name in self.fields if name.startswith("weekday_")]

    @property
    def categories(self) -> list[forms.BoundField]:
        """The fields of the categories."""
        return [self[name] for name in self.fields if name.startswith("category_")]

    def clean_interview_on(self) -> date | None:
        """Refuse a day that is over, or so far away that no plan is needed yet."""
        wanted: date | None = self.cleaned_data["interview_on"]
        if wanted and wanted != self.kept_on and not self.on <= wanted <= self.on + FURTHEST:
            raise ValidationError("Choose a day from today on, within a year.")
        return wanted

    def clean(self) -> dict[str, Any]:
        """Refuse a week without any study."""
        data = self.cleaned_data
        if not self.errors and not any(data[field.name] for field in self.weekdays):
            raise ValidationError("Leave at least one day of the week to study.")
        return data

    def wishes(self) -> PlanWishes:
        """What the learner wants; only after `is_valid`. What is as usual is not kept."""
        data = self.cleaned_data
        weights = {field.name.partition("_")[2]: data[field.name] for field in self.categories}
        return PlanWishes(
            data["interview_on"],
            data["minutes_per_day"],
            data["meetings_each"],
            tuple(data[field.name] for field in self.weekdays),
            {pk: weight for pk, weight in weights.items() if weight != 100},
        )


def _choice(label: str, choices: tuple[tuple[int, str], ...], initial: int) -> forms.Field:
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, initial=initial)


class DaysOffForm(forms.Form):
    """Days without study; the last may be left empty for a single one."""

    starts_on = forms.DateField(label="From", widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    ends_on = forms.DateField(
        label="To", required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning, and years without study."""
        data = self.cleaned_data
        data["ends_on"] = data.get("ends_on") or data.get("starts_on")
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and not starts <= ends <= starts + FURTHEST:
            raise ValidationError("The last day cannot come before the first, nor a year after.")
        return data


class DaysOnForm(forms.Form):
    """Which days off to take out, by id."""

    days_off = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class DropForm(forms.Form):
    """How many questions were proposed to be dropped."""

    seen = forms.IntegerField(min_value=1, max_value=100_000)


class MinutesForm(forms.Form):
    """More minutes a day than were seen."""

    seen = forms.IntegerField(min_value=1, max_value=MOST_MINUTES)
    more = forms.IntegerField(min_value=1, max_value=MOST_MINUTES)


class WentForm(forms.Form):
    """How an interview went; every answer may be left out."""

    went = forms.TypedChoiceField(
        label="How did it go?",
        choices=(("", "I would rather not say"), *WENT),
        coerce=int,
        empty_value=None,
        required=False,
    )
    asked = forms.CharField(
        label="What were you asked?",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text="One question on each line. They are kept here for next time.",
    )

    def clean_asked(self) -> list[str]:
        """Return the lines that hold anything; refuse too many and too long ones."""
        lines = [line.strip() for line in self.cleaned_data["asked"].splitlines() if line.strip()]
        if len(lines) > MOST_ASKED or any(len(line) > LONGEST_ASKED for line in lines):
            raise ValidationError(
                f"At most {MOST_ASKED} questions of {LONGEST_ASKED} characters can be kept."
            )
        return lines
