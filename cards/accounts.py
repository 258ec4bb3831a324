"""Where the project meets the sign-in library."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.exceptions import ImmediateHttpResponse
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import render

from cards.models import Learner
from cards.services.account import open_account

LOGIN_PAUSE_SECONDS = 300


class LearnerBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """Loads a learner with settings and session: one query a request instead of three."""

    def get_user(self, user_id: int) -> Learner | None:
        """Return the learner who is signed in, unless the account is closed."""
        learners = Learner.objects.select_related("settings", "session")
        learner = learners.filter(pk=user_id).first()
        return learner if learner and self.user_can_authenticate(learner) else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Opens accounts through our own service and slows guessing down aloud."""

    def save_user(
        self,
        request: HttpRequest,  # noqa: ARG002 allauth passes it
        user: Learner,
        form: Any,
        commit: bool = True,  # noqa: ARG002, FBT001, FBT002 allauth passes it
    ) -> Learner:
        """Make the learner and the settings in one step."""
        data = form.cleaned_data
        user.email, user.name = data["email"].lower(), data["name"]
        user.set_password(data["password1"])
        open_account(user, time_zone=data["time_zone"])
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Answer 429 when an account or an address has been tried too often."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            response = render(request, "429.html", status=429)
            response["Retry-After"] = str(LOGIN_PAUSE_SECONDS)
            raise ImmediateHttpResponse(response) from None
