"""The question's form and the rows of its parts, as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.forms import BaseFormSet
from django.http import QueryDict

from cards.forms.editor.parts import (
    MOST_FOLLOW_UPS,
    MOST_POINTS,
    MOST_REFERENCES,
    FollowUpFormSet,
    PointForm,
    PointFormSet,
    ReferenceFormSet,
    written,
)
from cards.forms.editor.question import PreviewForm, QuestionForm
from cards.forms.editor.rows import is_button, place_of, pressed, sent_rows
from cards.services.bank import BankPoint, BankQuestion
from cards.services.library import category_choices, changes_of, point_key

if TYPE_CHECKING:
    from cards.models import Learner, Question
    from cards.services.library import Differences

BLANK_POINTS = 3  # in a new question
SHOWN = ("prompt", "answer", "hint", "level", "minutes")


@dataclass(frozen=True, slots=True)
class PointRow:
    """The form of one key point, the number of its fields, and which of its parts has the focus."""

    form: Any
    index: str
    focus: str = ""


class QuestionEditor:
    """The question's form and the rows of its parts; without a question it writes a new one."""

    form: QuestionForm
    points: BaseFormSet[PointForm]
    follow_ups: BaseFormSet[Any]
    references: BaseFormSet[Any]

    def __init__(
        self, learner: Learner, question: Question | None = None, *, prompt: str = ""
    ) -> None:
        self.learner, self.question = learner, question
        self.categories = category_choices(learner)
        self.preview: Mapping[str, str] | None = None
        self.changes: Differences | None = None  # from what stands now to what was sent
        self.focus = ""
        self.is_stored_by_this = True
        if question:
            self._show(question)
            return
        self._show_form({"token": uuid4(), "prompt": prompt}, [{}] * BLANK_POINTS)
        self.follow_ups = FollowUpFormSet(prefix="follow_ups")
        self.references = ReferenceFormSet(prefix="references")

    def _show(self, question: Question) -> None:
        self.preview = {"prompt": question.prompt, "html": question.answer_html}
        initial = {name: getattr(question, name) for name in SHOWN}
        initial |= {"version": question.version, "category": question.category.slug}
        lines = [" ".join(text.split()) for text in question.misconceptions]
        self._show_form(initial | {"misconceptions": "\n".join(lines)}, question.points or [{}])
        self.follow_ups = FollowUpFormSet(
            initial=question.follow_ups[:MOST_FOLLOW_UPS], prefix="follow_ups"
        )
        self.references = ReferenceFormSet(
            initial=question.references[:MOST_REFERENCES], prefix="references"
        )

    def _show_form(self, initial: dict[str, Any], points: list[dict[str, Any]]) -> None:
        self.form = QuestionForm(initial=initial, categories=self.categories)
        rows = [{**row, "place": place} for place, row in enumerate(points)]
        self.points = PointFormSet(initial=rows, prefix="points")

    def fill(self, data: QueryDict) -> None:
        """Take what was sent; a button beside the points only changes what is shown."""
        do, shown = data.get("do", ""), PreviewForm(data)
        self.preview = shown.preview() if shown.is_valid() else None
        if is_button(do):
            self.is_stored_by_this = False
            rows, self.focus = pressed(sent_rows(data), do)
            self._show_form(data.dict(), rows)
        else:
            self.form = QuestionForm(data, categories=self.categories)
            self.points = PointFormSet(data, prefix="points")
        if "follow_ups-TOTAL_FORMS" in data:
            self.follow_ups = FollowUpFormSet(data, prefix="follow_ups")
        if "references-TOTAL_FORMS" in data:
            self.references = ReferenceFormSet(data, prefix="references")

    def is_valid(self) -> bool:
        """Check everything; a change must say which version was opened."""
        parts = (self.form, self.points, self.follow_ups, self.references)
        checked = [part.is_valid() for part in parts if part.is_bound]  # each, to say all at once
        if self.question and self.form.cleaned_data.get("version") is None:
            self.refuse("This form is incomplete, so nothing was stored. Copy it and reload.")
            return False
        return all(checked)

    def refuse(self, reason: str) -> None:
        """Say why it was not taken."""
        self.form.add_error(None, reason)

    def set_against(self, question: Question) -> None:
        """Show what was sent beside what stands now; saving it again then goes on top of that."""
        self.changes = changes_of(question, self.entry(), self.category)
        data = {**self.form.cleaned_data, "version": question.version}
        data["misconceptions"] = "\n".join(data["misconceptions"])
        self.form = QuestionForm(data, categories=self.categories)

    @property
    def is_unsaved(self) -> bool:
        """Does it show what was sent and is stored nowhere?"""
        return self.form.is_bound or not self.is_stored_by_this

    @property
    def title(self) -> str:
        """What the page is called."""
        return "Edit question" if self.question else "New question"

    @property
    def rows(self) -> list[PointRow]:
        """The forms of the key points, by their place."""
        forms = list(enumerate(self.points))
        forms.sort(key=lambda one: (place_of(one[1]["place"].value(), one[0]), one[0]))
        verb, _, place = self.focus.partition("-")
        rows = [
            PointRow(form, str(index), verb if place == str(n) else "")
            for n, (index, form) in enumerate(forms)
        ]
        for row in rows:
            if row.focus == "text":
                row.form.fields["text"].widget.attrs["autofocus"] = True
        return rows

    @property
    def blank_row(self) -> PointRow:
        """What a script makes a further row from."""
        return PointRow(self.points.empty_form, "__prefix__")

    @property
    def has_room(self) -> bool:
        """May one more key point be added?"""
        return len(self.points.forms) < MOST_POINTS

    @property
    def kept(self) -> int:
        """How many follow-ups and sources are not shown, and kept as they are."""
        question = self.question
        if question is None:
            return 0
        follow_ups, references = question.follow_ups, question.references
        return len(follow_ups[MOST_FOLLOW_UPS:]) + len(references[MOST_REFERENCES:])

    @property
    def category(self) -> str:
        """The chosen category; only after `is_valid`."""
        return str(self.form.cleaned_data["category"])

    @property
    def token(self) -> str:
        """What makes a new question the same when it is sent twice; only after `is_valid`."""
        return str(self.form.cleaned_data["token"] or "")

    @property
    def seen_version(self) -> int:
        """The version that was opened; only after `is_valid`."""
        return int(self.form.cleaned_data["version"])

    def entry(self) -> BankQuestion:
        """What to store; only after `is_valid`. What the editor does not show stays."""
        data, question = self.form.cleaned_data, self.question
        follow_ups, references = self._follow_ups(), self._references()
        if question:
            follow_ups += question.follow_ups[MOST_FOLLOW_UPS:]
            references += question.references[MOST_REFERENCES:]
        return BankQuestion(
            slug="",
            **{name: data[name] for name in (*SHOWN, "misconceptions")},
            key_points=tuple(self._entries()),
            follow_ups=[{"prompt": f["prompt"], "answer": f["answer"]} for f in follow_ups],
            references=references,
            related=question.related if question else [],
            checked_on=question.checked_on if question else None,
        )

    def _entries(self) -> list[BankPoint]:
        taken: set[str] = set()
        entries = []
        for row in written(self.points):
            key = row["key"] if row["key"] and row["key"] not in taken else point_key()
            taken.add(key)
            entries.append(BankPoint(key, row["text"], row["essential"], row["cue"]))
        return entries

    def _follow_ups(self) -> list[dict[str, Any]]:
        if not self.follow_ups.is_bound:  # not sent at all: nothing is known about them
            return self.question.follow_ups[:MOST_FOLLOW_UPS] if self.question else []
        return [row for row in self.follow_ups.cleaned_data if row.get("prompt")]

    def _references(self) -> list[dict[str, Any]]:
        if not self.references.is_bound:
            return self.question.references[:MOST_REFERENCES] if self.question else []
        names = ("title", "authors", "year", "url")
        rows = [row for row in self.references.cleaned_data if row.get("title")]
        return [{name: row[name] for name in names} for row in rows]
