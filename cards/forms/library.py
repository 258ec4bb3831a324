"""Finding questions, and doing something to several at once."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from cards.services.library import DEEDS, FLAGS, SORTS, STATES, LibraryFilter
from cards.services.tags import LONGEST as LONGEST_TAG
from cards.services.tags import normal

LONGEST_SEARCH = 200
MOST_AT_ONCE = 150  # a form of more than 200 fields is refused before it is read


def _choice(values: Any) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, choices=[(value, value) for value in values])


class LibraryFilterForm(forms.Form):
    """Which questions to list; what makes no sense is left out rather than refused."""

    q = forms.CharField(required=False)
    category = forms.SlugField(required=False, max_length=60)
    state = _choice(STATES)
    tag = forms.CharField(required=False, max_length=LONGEST_TAG)
    flag = forms.TypedChoiceField(
        required=False, choices=list(FLAGS.items()), coerce=int, empty_value=None
    )
    marked = forms.BooleanField(required=False)
    weak = forms.BooleanField(required=False)
    mine = forms.BooleanField(required=False)
    noted = forms.BooleanField(required=False)
    sort = _choice(SORTS)

    def chosen(self) -> LibraryFilter:
        """Return the filter."""
        self.is_valid()
        data = self.cleaned_data
        words = data.get("q", "")[:LONGEST_SEARCH].strip()
        return LibraryFilter(**(data | {"q": words, "flag": data.get("flag") or 0}))


class SlugsField(forms.Field):
    """The questions that were selected."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        """Return their slugs, each once; refuse what no page can have sent."""
        slugs = list(dict.fromkeys(value or []))
        if not slugs:
            raise forms.ValidationError("Nothing was selected. Tick one question at least.")
        if len(slugs) > MOST_AT_ONCE or any(len(slug) > 80 or "\x00" in slug for slug in slugs):
            raise forms.ValidationError(f"Select at most {MOST_AT_ONCE} questions at once.")
        return slugs


class BulkForm(forms.Form):
    """What to do, and to which questions."""

    slug = SlugsField()
    deed = forms.ChoiceField(required=False, choices=[(deed, deed) for deed in DEEDS])
    tag = forms.CharField(required=False, max_length=LONGEST_TAG)
    category = forms.SlugField(required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        """Enter in the field for a tag adds it; any other Enter says nothing to do."""
        data = self.cleaned_data
        if not self.errors and not data["deed"]:
            data["deed"] = "add_tag" if data["tag"] else ""
        if not self.errors and not data["deed"]:
            raise forms.ValidationError("Press the button of what to do. Nothing was changed.")
        if data.get("deed") in {"add_tag", "remove_tag"} and not normal(data.get("tag", "")):
            raise forms.ValidationError("Write a tag of 1 to 40 characters first.")
        return data

    @property
    def reason(self) -> str:
        """Why it was refused, in a sentence."""
        for name in ("slug", "tag", NON_FIELD_ERRORS):
            if name in self.errors:
                return str(self.errors[name][0])
        return "That cannot be done here. Nothing was changed."

    def wish(self) -> dict[str, Any]:
        """What to do, as the service takes it; only after `is_valid`."""
        data = self.cleaned_data
        return {name: data[name] for name in ("deed", "tag", "category")} | {"slugs": data["slug"]}
