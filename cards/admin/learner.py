"""Accounts: who there is, and whether they may come in. Nothing of what they do."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from cards.admin.staff import StaffAdmin
from cards.models import Learner


@admin.register(Learner)
class LearnerAdmin(StaffAdmin):
    """An account is opened by its owner; staff may close it, and a superuser makes staff."""

    list_display = ("name", "email", "is_active", "is_staff", "joined_at")
    list_filter = ("is_active", "is_staff")
    search_fields = ("name", "email")
    ordering = ("-joined_at", "-id")
    fields = ("name", "email", "joined_at", "is_active", "is_staff")
    actions = None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        """Only a superuser says who is staff."""
        fixed = ("name", "email", "joined_at")
        is_superuser = bool(getattr(request.user, "is_superuser", False))
        return fixed if is_superuser else (*fixed, "is_staff")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody's account is opened for them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Staff cannot close the account of other staff; nobody can close their own."""
        if isinstance(obj, Learner):
            guarded = obj.is_staff or obj.is_superuser
            if obj.pk == request.user.pk or (guarded and not request.user.is_superuser):
                return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """What somebody learned is theirs; closing the account is enough."""
        return False
