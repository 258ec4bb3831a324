"""A conversation to take along."""

from collections.abc import Iterable
from typing import Any

from cards.models import Conversation, Message


def as_json(conversation: Conversation, messages: Iterable[Message]) -> dict[str, Any]:
    """Return a conversation as JSON can hold it; times are UTC."""
    return {
        "title": conversation.title,
        "question": conversation.question and conversation.question.slug,
        "created_at": conversation.created_at.isoformat(),
        "updated_at": conversation.updated_at.isoformat(),
        "messages": [message.as_json for message in messages],
    }


def as_markdown(conversation: Conversation, messages: Iterable[Message]) -> str:
    """Return a conversation as Markdown, its sources as quotations, those of a model numbered."""
    parts = [f"# {conversation.title}"]
    for message in messages:
        parts.append(f"## {' '.join(message.asked.split())}")
        parts += message.paragraphs
        parts += _remarks(message)
        for number, source in enumerate(message.cited_sources, 1):
            parts += _source(source, f"[{number}] ")
        if message.words and message.other_sources:
            parts.append("The bank also says, word for word:")
        for source in message.other_sources:
            parts += _source(source)
    return "\n\n".join(parts) + "\n"


def _remarks(message: Message) -> list[str]:
    """What has to be said of a model's words."""
    remarks = [f"Worded by a language model. {message.trouble}".strip()] if message.words else []
    if message.dropped:
        remarks.append(f"It cited what it was not given: {', '.join(message.dropped)}.")
    if message.uncited:
        listed = "\n".join(f"- {' '.join(one.split())}" for one in message.uncited)
        remarks.append(f"These statements name no source:\n\n{listed}")
    return remarks


def _source(source: dict[str, Any], number: str = "") -> list[str]:
    heading = f", {source['heading']}" if source["heading"] else ""
    return [_quoted(source["quote"]), f"– {number}{source['prompt']}{heading} (`{source['slug']}`)"]


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
