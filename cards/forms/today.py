"""What may be changed for today."""

from django import forms

from cards.services.today import SPREAD_DAYS


class LimitsForm(forms.Form):
    """The limits of this study day; an empty one stays as usual, `usual` takes both back."""

    new_today = forms.IntegerField(
        label="New questions today", required=False, min_value=0, max_value=999
    )
    reviews_today = forms.IntegerField(
        label="Reviews today", required=False, min_value=0, max_value=9999
    )

    def limits(self) -> tuple[int | None, int | None]:
        """Both limits, None for as usual; only after `is_valid`."""
        if "usual" in self.data:
            return None, None
        return self.cleaned_data["new_today"], self.cleaned_data["reviews_today"]


class SpreadForm(forms.Form):
    """Over how many days a backlog is spread; none to stop."""

    days = forms.TypedChoiceField(
        choices=[("0", 0), *((str(days), days) for days in SPREAD_DAYS)], coerce=int
    )
