"""The learning assistant: answers by what the bank says, and shows where it says so."""

from cards.services.assistant.agreeing import Agreements, agreements
from cards.services.assistant.ask import LONGEST_ASKED, ask
from cards.services.assistant.conversations import (
    Asking,
    ask_and_keep,
    conversation_of,
    delete_conversation,
    find_conversations,
    rename_conversation,
)
from cards.services.assistant.hints import Hints, hints_of
from cards.services.assistant.language import read_lists
from cards.services.assistant.meter import MOST_AT_ONCE
from cards.services.assistant.offered import has_model
from cards.services.assistant.opinions import Attempted, ask_opinion
from cards.services.assistant.probes import Probing, ask_probe
from cards.services.assistant.quotas import RefusedError
from cards.services.assistant.reply import Mode, Reply, Source
from cards.services.assistant.suggestions import suggestions
from cards.services.assistant.wording import (
    ElsewhereError,
    Writing,
    find_message,
    stop_wording,
    word,
    wording_at,
)
from cards.services.assistant.written import as_json, as_markdown

__all__ = [
    "LONGEST_ASKED",
    "MOST_AT_ONCE",
    "Agreements",
    "Asking",
    "Attempted",
    "ElsewhereError",
    "Hints",
    "Mode",
    "Probing",
    "RefusedError",
    "Reply",
    "Source",
    "Writing",
    "agreements",
    "as_json",
    "as_markdown",
    "ask",
    "ask_and_keep",
    "ask_opinion",
    "ask_probe",
    "conversation_of",
    "delete_conversation",
    "find_conversations",
    "find_message",
    "has_model",
    "hints_of",
    "read_lists",
    "rename_conversation",
    "stop_wording",
    "suggestions",
    "word",
    "wording_at",
]
