"""Categories of one's own."""

from django import forms

from cards.services.library import HUES


class CategoryForm(forms.Form):
    """Its name and colour."""

    name = forms.CharField(max_length=80, widget=forms.TextInput(attrs={"dir": "auto"}))
    hue = forms.TypedChoiceField(
        label="Colour", coerce=int, choices=HUES, initial=180, widget=forms.RadioSelect
    )

    def refuse(self, reason: str) -> None:
        """Say why it was not taken."""
        self.add_error("name", reason)


class CopyForm(forms.Form):
    """Whether the shared question is left out from now on."""

    leave_out = forms.BooleanField(required=False)
