"""Finding questions."""

from django import forms

from cards.services.library import LibraryFilter


class LibraryFilterForm(forms.Form):
    """Which questions to list; what makes no sense is left out rather than refused."""

    category = forms.SlugField(required=False, max_length=60)
    mine = forms.BooleanField(required=False)
    archived = forms.BooleanField(required=False)

    def chosen(self) -> LibraryFilter:
        """Return the filter."""
        self.is_valid()
        data = self.cleaned_data
        return LibraryFilter(
            category=data.get("category", ""),
            mine=data.get("mine", False),
            archived=data.get("archived", False),
        )
