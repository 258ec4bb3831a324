"""Files that a learner brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from cards.services.exchange import QuestionFile, unpack
from cards.services.exchange.files import LARGEST_UPLOAD, MOST_FILES, ImportRefusedError
from cards.services.library import category_choices

if TYPE_CHECKING:
    from cards.models import Learner


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class QuestionFilesField(forms.FileField):
    """One or more uploads, as question files."""

    widget = _Files

    def clean(self, data: Any, *_: Any) -> list[QuestionFile]:
        """Read them, within limits; a refusal is one sentence."""
        uploads: list[UploadedFile[bytes]] = list(data) if isinstance(data, list | tuple) else []
        if not uploads:
            raise ValidationError("Choose a zip file, or one or more .md files.")
        if len(uploads) > MOST_FILES:
            raise ValidationError(f"These are more than {MOST_FILES} files: bring fewer.")
        if sum(upload.size or 0 for upload in uploads) > LARGEST_UPLOAD:
            raise ValidationError(f"This is more than {LARGEST_UPLOAD // 1_000_000} MB.")
        try:
            return unpack((upload.name or "file", upload.read()) for upload in uploads)
        except ImportRefusedError as refused:
            raise ValidationError(str(refused)) from None


class ImportForm(forms.Form):
    """Questions to bring, and where they go."""

    uploads = QuestionFilesField(
        label="Question files",
        help_text="A zip of Markdown files, or one or more .md files; at most 5 MB and 500.",
        widget=_Files(attrs={"multiple": True, "accept": ".zip,.md,text/markdown"}),
    )
    category = forms.ChoiceField(
        help_text="For files that stand in no folder with the name of a category.",
    )

    def __init__(self, *args: Any, learner: Learner, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["category"].choices = category_choices(learner)  # type: ignore[attr-defined]

    def refuse(self, reason: str) -> None:
        """Say why nothing was imported."""
        self.add_error("uploads", reason)
