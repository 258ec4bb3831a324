"""The shared questions: written through the bank, so that what is derived follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from cards.admin.forms import MOST_POINTS, PointForm, PointFormSet, QuestionForm
from cards.admin.preview import preview_of
from cards.admin.staff import StaffAdmin
from cards.http import LearnerRequest
from cards.models import Category, KeyPoint, Question
from cards.services import bank

if TYPE_CHECKING:
    Inline = admin.StackedInline[KeyPoint, Question]
else:
    Inline = admin.StackedInline


class PointInline(Inline):
    """Key points: reworded in place, retired instead of deleted."""

    model = KeyPoint
    form = PointForm
    formset = PointFormSet  # type: ignore[assignment]  # a formset of this very form
    fields = ("text", ("essential", "retired", "position"), "cue")
    extra = 2
    max_num = 5 * MOST_POINTS  # the retired ones stand here, too
    can_delete = False
    verbose_name_plural = f"key points (at most {MOST_POINTS} in use; position gives the order)"

    def get_queryset(self, request: HttpRequest) -> QuerySet[KeyPoint]:
        """In use first."""
        points: QuerySet[KeyPoint] = super().get_queryset(request)
        return points.order_by("retired_at", "position", "id")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """As the question."""
        return bool(request.user.is_staff)

    has_change_permission = has_view_permission
    has_add_permission = has_view_permission


@admin.register(Question)
class QuestionAdmin(StaffAdmin):
    """Shared questions only: for staff, a learner's own do not exist."""

    form = QuestionForm
    inlines = (PointInline,)
    list_display = ("prompt_start", "category", "level", "version", "staff_edited_at", "is_in_use")
    list_filter = ("level", ("archived_at", admin.EmptyFieldListFilter),
                   ("staff_edited_at", admin.EmptyFieldListFilter))  # fmt: skip
    list_select_related = ("category",)
    search_fields = ("slug", "prompt")
    ordering = ("category__position", "category_id", "position", "id")
    actions = ("archive", "restore")
    fieldsets = (
        (None, {"fields": ("prompt", "slug", "category", ("level", "minutes"), "hint", "answer")}),
        ("Around the answer", {"fields": ("misconceptions", "follow_ups", "references", "related",
                                          "checked_on")}),
        ("Saving", {"fields": ("accept_faults", "seen_version")}),
    )  # fmt: skip

    @admin.display(description="question", ordering="prompt")
    def prompt_start(self, question: Question) -> str:
        """Enough to know it by."""
        return f"{question.prompt[:90]}…" if len(question.prompt) > 91 else question.prompt

    @admin.display(description="in use", boolean=True, ordering="archived_at")
    def is_in_use(self, question: Question) -> bool:
        """Not archived."""
        return question.archived_at is None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        """Shared ones only."""
        shared: QuerySet[Question] = super().get_queryset(request).filter(owner=None)
        return shared

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        """The slug stands in addresses and files, so it stays."""
        return ("slug",) if obj else ()

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **named: Any
    ) -> ModelChoiceField[Any] | None:
        """A shared question stands in a shared category."""
        named["queryset"] = Category.objects.filter(owner=None)
        return super().formfield_for_foreignkey(db_field, request, **named)

    def get_urls(self) -> list[URLPattern]:
        """Two pages of our own before those of every admin."""
        own = [
            path("preview/", self.admin_site.admin_view(self.preview), name="question_preview"),
            path("missed/", self.admin_site.admin_view(self.missed), name="question_missed"),
        ]
        return own + super().get_urls()

    def preview(self, request: HttpRequest) -> HttpResponse:
        """Show what is typed as a learner would see it; nothing is stored."""
        if request.method != "POST":
            return redirect("admin:cards_question_changelist")
        return TemplateResponse(
            request, "admin/preview.html", {"preview": preview_of(request.POST)}
        )

    def missed(self, request: HttpRequest) -> HttpResponse:
        """Show what all learners together miss most."""
        of_points = request.GET.get("of") != "questions"
        missed = bank.most_missed(request.GET.get("page", "")[:10], of_points=of_points)
        context = self.admin_site.each_context(request) | {
            "title": "Most missed", "missed": missed, "fewest": bank.missed.FEWEST_LEARNERS
        }  # fmt: skip
        return TemplateResponse(request, "admin/missed.html", context)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Question:  # noqa: FBT001
        """Hand the texts to the points, which are checked together with them."""
        question: Question = super().save_form(request, form, change)
        question.entry = form.entry()  # type: ignore[attr-defined]  # read by PointFormSet
        question.accepts_faults = form.cleaned_data["accept_faults"]  # type: ignore[attr-defined]
        return question

    def save_model(self, *args: Any) -> None:
        """Wait for the points: both are stored together, in `save_related`."""

    def save_related(
        self,
        request: LearnerRequest,  # type: ignore[override]  # the middleware puts the time on it
        form: QuestionForm,
        formsets: list[PointFormSet],
        change: bool,  # noqa: FBT001 Django passes it
    ) -> None:
        """Store question and points through the bank."""
        entry = replace(form.entry(), key_points=tuple(formsets[0].points()))
        seen = form.cleaned_data["seen_version"] if change else None
        edit = bank.write_shared(entry, form.cleaned_data["category"], seen, at=request.at)
        form.instance.pk = edit.question.pk
        form.instance.refresh_from_db()

    def construct_change_message(self, *args: Any, **named: Any) -> str:  # type: ignore[override]  # noqa: ARG002
        """The version history says what; this says that."""
        return "Saved."

    @admin.action(description="Archive: not asked any more, history stays")
    def archive(self, request: LearnerRequest, questions: QuerySet[Question]) -> None:
        """Take them out of study."""
        self._move(request, questions, archived=True)

    @admin.action(description="Restore: asked again")
    def restore(self, request: LearnerRequest, questions: QuerySet[Question]) -> None:
        """Bring them back."""
        self._move(request, questions, archived=False)

    def _move(
        self, request: LearnerRequest, questions: QuerySet[Question], *, archived: bool
    ) -> None:
        slugs = list(questions.values_list("slug", flat=True))
        moved = bank.set_shared_archived(slugs, archived=archived, at=request.at)
        deed = "archived" if archived else "brought back"
        self.message_user(request, f"{moved} of {len(slugs)} {deed}.", messages.SUCCESS)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Only what nobody has met: anything else is archived, so that no history goes."""
        if not self.has_delete_permission(request):
            raise PermissionDenied
        question = self.get_object(request, object_id)
        if question is not None and bank.has_history(question):
            self.message_user(
                request,
                "Learners have met this question, so it cannot be deleted. Nothing was changed. "
                "Archive it instead: it is asked no more, and everybody keeps their history.",
                messages.WARNING,
            )
            return redirect(reverse("admin:cards_question_change", args=[question.pk]))
        return super().delete_view(request, object_id, extra_context)
