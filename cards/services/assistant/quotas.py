"""How much one account may ask and keep."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cards.models import Conversation, Learner, Message

MOST_CONVERSATIONS = 500
MOST_MESSAGES = 200  # in one conversation
MOST_KEPT = 5000  # messages in all
MOST_ASKED = 60
WITHIN = timedelta(minutes=10)


@dataclass
class RefusedError(Exception):
    """Why this is not asked, in a sentence for the learner."""

    reason: str
    status: int = 400
    retry_after: int = 0  # seconds; 0: waiting does not help

    def __str__(self) -> str:
        return self.reason


def check_quotas(learner: Learner, conversation: Conversation | None, *, at: datetime) -> None:
    """Raise RefusedError where one more would be too many."""
    lately = Message.objects.filter(learner=learner, asked_at__gt=at - WITHIN)
    times = list(lately.order_by("-asked_at", "-id").values_list("asked_at", flat=True))
    if len(times) >= MOST_ASKED:
        wait = (times[MOST_ASKED - 1] + WITHIN - at).total_seconds()
        raise RefusedError(
            f"You have asked {MOST_ASKED} times in ten minutes. "
            "Wait a few minutes, then ask again; what you wrote is still here.",
            status=429,
            retry_after=max(1, int(wait) + 1),
        )
    if Message.objects.filter(learner=learner).count() >= MOST_KEPT:
        raise RefusedError(
            f"You have {MOST_KEPT} questions in your conversations, as many as are kept. "
            "Delete a conversation, then ask again; what you wrote is still here."
        )
    if conversation is None:
        if Conversation.objects.filter(learner=learner).count() >= MOST_CONVERSATIONS:
            raise RefusedError(
                f"You have {MOST_CONVERSATIONS} conversations, as many as are kept. "
                "Delete some, or ask on in one of them."
            )
    elif Message.objects.filter(conversation=conversation).count() >= MOST_MESSAGES:
        raise RefusedError(
            f"This conversation has {MOST_MESSAGES} questions, as many as it holds. "
            "Start another one."
        )
