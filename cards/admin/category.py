"""The shelves of the shared bank."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from cards.admin.staff import StaffAdmin
from cards.http import LearnerRequest
from cards.models import Category


@admin.register(Category)
class CategoryAdmin(StaffAdmin):
    """Shared categories; a learner's own are their own."""

    list_display = ("name", "slug", "position", "staff_edited_at")
    ordering = ("position", "id")
    fields = ("name", "slug", "description", "position", "hue", "staff_edited_at")
    readonly_fields = ("staff_edited_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        """Shared ones only."""
        shared: QuerySet[Category] = super().get_queryset(request).filter(owner=None)
        return shared

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        """The slug stands in addresses, so it stays."""
        return (*self.readonly_fields, "slug") if obj else self.readonly_fields

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only an empty one: a learner's own question may stand in it, unseen."""
        is_empty = isinstance(obj, Category) and not obj.questions.exists()
        return is_empty and super().has_delete_permission(request, obj)

    def save_model(
        self,
        request: LearnerRequest,  # type: ignore[override]  # the middleware puts the time on it
        obj: Category,
        form: Any,
        change: bool,  # noqa: FBT001 Django passes it
    ) -> None:
        """From now on it is the staff's."""
        if form.has_changed():
            obj.staff_edited_at = request.at
        super().save_model(request, obj, form, change)
