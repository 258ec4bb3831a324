"""The connection to a model: opened, timed, closed, and its errors put into one family.

What an error of the SDK holds (address, headers, the server's own words) never leaves here: a
`ModelError` is raised outside of the handler, so that it has nothing chained to it.
"""

import socket
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from time import monotonic
from types import ModuleType
from typing import Any

from cards.assistant.prompt import Message
from cards.integrations.trouble import ModelError, Trouble
from cards.integrations.which import LlmSettings

LONGEST_WAIT = 24 * 60 * 60  # seconds that a server's word for "later" is believed
NO_KEY = "none"  # a server of one's own may ask for none, but the header has to say something
_BY_STATUS = {401: Trouble.WRONG_KEY, 403: Trouble.WRONG_KEY, 429: Trouble.BUSY}
_TIMEOUTS = {408, 504}


def chunks(llm: LlmSettings, messages: Sequence[Message], max_tokens: int) -> Generator[Any]:
    """Yield what the server sends, as the SDK reads it; ending early closes the connection."""
    openai = _sdk()
    deadline = _Deadline(llm.total)
    told: ModelError | None = None
    has_begun = False
    try:
        with (
            _client(openai, llm) as client,
            client.chat.completions.create(**_request(llm, messages, max_tokens)) as stream,
            deadline.over(stream.response),
        ):
            for chunk in stream:
                has_begun = True
                yield chunk
    except openai.OpenAIError as error:
        told = _told(openai, error, has_begun=has_begun)
    except (ValueError, TypeError, AttributeError, KeyError):
        told = ModelError(Trouble.NONSENSE)
    if deadline.is_over:
        told = ModelError(Trouble.TOO_SLOW)
    if told:
        raise told


def _sdk() -> ModuleType:
    """It takes half a second to import, and most sites never need it."""
    try:
        import openai
    except ImportError:
        missing = True
    else:
        missing = False
    if missing:
        raise ModelError(Trouble.OFF)
    return openai


def _client(openai: ModuleType, llm: LlmSettings) -> Any:
    return openai.OpenAI(
        base_url=llm.base_url,
        api_key=llm.key or NO_KEY,
        max_retries=0,
        timeout=openai.Timeout(llm.silence, connect=llm.connect),
        http_client=openai.DefaultHttpxClient(follow_redirects=False),
    )


def _request(llm: LlmSettings, messages: Sequence[Message], max_tokens: int) -> dict[str, Any]:
    return {
        "model": llm.model,
        "messages": [{"role": one.role, "content": one.text} for one in messages],
        "max_tokens": max_tokens,
        "stream": True,
        "stream_options": {"include_usage": True},
    }


def _told(openai: ModuleType, error: Exception, *, has_begun: bool) -> ModelError:
    if isinstance(error, openai.APIStatusError):
        return _of_status(error)
    if isinstance(error, openai.APITimeoutError):
        return ModelError(Trouble.TOO_SLOW)
    if isinstance(error, openai.APIConnectionError):
        return ModelError(Trouble.CUT_OFF if has_begun else Trouble.UNREACHABLE)
    return ModelError(Trouble.BROKEN)  # said in the middle of a stream


def _of_status(error: Any) -> ModelError:
    status = error.status_code
    wait = _seconds(error.response.headers.get("retry-after", ""))
    if status in _TIMEOUTS:
        return ModelError(Trouble.TOO_SLOW)
    kind = Trouble.BROKEN if status >= 500 else _BY_STATUS.get(status, Trouble.REFUSED)
    return ModelError(kind, wait)


def _seconds(text: str) -> int | None:
    """Return a Retry-After in whole seconds; one that is a date is not worth a clock."""
    return min(int(text), LONGEST_WAIT) if text.isdecimal() and len(text) < 10 else None


class _Deadline:
    """Ends a connection when its time is up, even in the middle of a read.

    A server that keeps a line open with comments is never silent, so no timeout of a read helps.
    The socket is shut through a second descriptor: a number that was closed may by then belong
    to somebody else's file.
    """

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._ends = monotonic() + seconds

    @contextmanager
    def over(self, response: Any) -> Generator[None]:
        """Watch over a response whose head has come."""
        own = response.extensions["network_stream"].get_extra_info("socket")
        with socket.fromfd(own.fileno(), own.family, own.type) as second:
            timer = threading.Timer(max(self._ends - monotonic(), 0), self._end, (second,))
            timer.daemon = True
            timer.start()
            try:
                yield
            finally:
                timer.cancel()
                timer.join()

    def _end(self, second: socket.socket) -> None:
        self.is_over = True
        with suppress(OSError):  # the server was quicker
            second.shutdown(socket.SHUT_RDWR)
