"""What every page of the staff has in common."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Any]
else:
    Admin = admin.ModelAdmin


class StaffAdmin(Admin):
    """Open to whoever is staff: no rights to hand out one by one."""

    list_per_page = 50
    list_max_show_all = 200
    actions_selection_counter = True

    def _is_staff(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_staff

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Is there anything here for this person?"""
        return self._is_staff(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """May they look?"""
        return self._is_staff(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """May they add?"""
        return self._is_staff(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """May they change?"""
        return self._is_staff(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """May they delete?"""
        return self._is_staff(request)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Nothing is deleted in bulk."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:  # noqa: ARG002
        """Only the filters that are offered: any other could be used to guess what is hidden."""
        offered: Sequence[Any] = self.get_list_filter(request)
        return lookup.partition("__")[0] in {
            one if isinstance(one, str) else one[0] if isinstance(one, tuple) else ""
            for one in offered
        }
