"""Learners who have each asked something, in the server's own database: how they are signed in."""

from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from cards.models import Learner
from cards.services.assistant import Asking, ask_and_keep


def somebody(number: int) -> dict[str, int | str]:
    """Return a session, and the message and conversation that wait for the model."""
    learner = Learner.objects.create_user(f"asks-{number}@example.org", name="Ada")
    asking = Asking(uuid4(), "Why are positional encodings needed?")
    message = ask_and_keep(learner, asking, at=timezone.now())
    session = SessionStore()
    session[SESSION_KEY] = str(learner.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = learner.get_session_auth_hash()
    session.save()
    return {
        "session": str(session.session_key),
        "message": message.pk,
        "conversation": message.conversation_id,
    }
