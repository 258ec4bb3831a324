"""Writing questions: the form of the question, its rows of parts, and both as one editor."""

from cards.forms.editor.editor import QuestionEditor
from cards.forms.editor.question import LONGEST_PROMPT, PreviewForm, QuestionForm, VersionForm

__all__ = ["LONGEST_PROMPT", "PreviewForm", "QuestionEditor", "QuestionForm", "VersionForm"]
