"""A language model behind any address that speaks the protocol of OpenAI's chat completions."""

import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from time import monotonic
from typing import Any, Self, TypeGuard

from cards.assistant.prompt import Message
from cards.integrations.trouble import ModelError, Trouble
from cards.integrations.which import LlmSettings
from cards.integrations.wire import chunks

MOST_CHARACTERS = 20_000  # of an answer; the rest is not read
BYTES_PER_TOKEN = 4  # in English; other scripts take more bytes as they take more tokens
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
MOST_TOKENS = 10_000_000  # that a server is believed to have counted


@dataclass(slots=True)
class Usage:
    """What an answer took."""

    tokens_in: int
    tokens_out: int = 0
    seconds: float = 0.0
    is_estimated: bool = True  # from the length, where the server did not say


def estimated(messages: Sequence[Message]) -> int:
    """Return about how many tokens messages are."""
    return sum(-(-_bytes(one.text) // BYTES_PER_TOKEN) for one in messages)


class Answer:
    """An answer as it comes: pieces of plain text, to be gone through once.

    Nothing is sent before the first piece is asked for. `usage` is right once it is over,
    however it ended. Closing it closes the connection, as does the end of a `with`.
    """

    def __init__(self, llm: LlmSettings, messages: Sequence[Message], max_tokens: int) -> None:
        self.usage = Usage(estimated(messages))
        self.is_cut = False  # it was longer than it may be
        self._finish = ""  # why the server says it ended
        self._length = self._bytes = 0
        self._pieces = self._read(llm, messages, max_tokens)

    def __iter__(self) -> Iterator[str]:
        return self._pieces

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop: nothing more is read, and the server sees the connection closed."""
        self._pieces.close()

    def _read(
        self, llm: LlmSettings, messages: Sequence[Message], max_tokens: int
    ) -> Generator[str]:
        started = monotonic()
        try:
            if not llm.is_on:
                raise ModelError(Trouble.OFF)
            with closing(chunks(llm, messages, max_tokens)) as source:
                for chunk in source:
                    if piece := self._taken(chunk):
                        yield piece
                    if self._length >= MOST_CHARACTERS:
                        self.is_cut = True
                        return
            self._check_end()
        finally:
            self.usage.seconds = monotonic() - started
            if self.usage.is_estimated:
                self.usage.tokens_out = -(-self._bytes // BYTES_PER_TOKEN)

    def _taken(self, chunk: Any) -> str:
        """Take in one chunk; whatever is not as the protocol has it counts as nonsense."""
        kept: str | None = None
        try:
            self._count(getattr(chunk, "usage", None))
            choice = chunk.choices[0] if chunk.choices else None
            self._finish = (choice and choice.finish_reason) or self._finish
            text = (choice and choice.delta and choice.delta.content) or ""
            kept = _storable(text)[: MOST_CHARACTERS - self._length]
        except (AttributeError, TypeError, KeyError, IndexError):
            pass  # raised below, with nothing chained to it
        if kept is None:
            raise ModelError(Trouble.NONSENSE)
        self._length += len(kept)
        self._bytes += _bytes(kept)
        return kept

    def _count(self, usage: Any) -> None:
        read: object = getattr(usage, "prompt_tokens", None)
        written: object = getattr(usage, "completion_tokens", None)
        if _is_count(read) and _is_count(written):
            self.usage.tokens_in, self.usage.tokens_out = read, written
            self.usage.is_estimated = False

    def _check_end(self) -> None:
        if not self._length:
            raise ModelError(Trouble.NONSENSE)
        if not self._finish:
            raise ModelError(Trouble.CUT_OFF)
        self.is_cut = self._finish == "length"


def stream(messages: Sequence[Message], *, max_tokens: int) -> Answer:
    """Ask the model of the settings."""
    return Answer(LlmSettings.read(), messages, max_tokens)


def _is_count(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 <= value <= MOST_TOKENS


def _storable(text: str) -> str:
    """Without what no database takes: control characters and halves of a character."""
    kept = _CONTROL.sub("", text)
    return kept.encode("utf-8", "replace").decode("utf-8")


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
