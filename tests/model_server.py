"""A server that speaks the protocol of a language model, well or badly, on a port of its own."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from typing import Any

KEY = "sk-very-secret-0123456789"
Turn = Callable[["Talk"], None]


class Talk(BaseHTTPRequestHandler):
    """One request; what is done with it stands in the server."""

    server: "ModelServer"
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(json.loads(body))
        self.server.keys.append(self.headers.get("Authorization", ""))
        self.close_connection = True
        try:
            self.server.turn(self)
        except OSError:
            self.server.hung_up.set()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in the base
        """Say nothing."""

    def begin(self, status: int = 200, **headers: str) -> None:
        """Send the head of an answer."""
        self.send_response(status)
        for name, value in {"Content-Type": "text/event-stream", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Connection", "close")
        self.end_headers()

    def event(self, data: object) -> None:
        """Send one event."""
        text = data if isinstance(data, str) else json.dumps(data)
        self.wfile.write(f"data: {text}\n\n".encode())
        self.wfile.flush()

    def say(self, *pieces: object, finish: str | None = None) -> None:
        """Send pieces of an answer."""
        for piece in pieces:
            self.event({"choices": [{"index": 0, "delta": {"content": piece}}]})
        if finish:
            self.event({"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})

    def done(self, tokens_in: object = None, tokens_out: object = None) -> None:
        """Send the end, with the count of tokens if there is one."""
        if tokens_in is not None:
            usage = {"prompt_tokens": tokens_in, "completion_tokens": tokens_out}
            self.event({"choices": [], "usage": usage})
        self.event("[DONE]")


class ModelServer(ThreadingHTTPServer):
    """Keeps what it was asked, and whether somebody hung up on it."""

    daemon_threads = True
    request_queue_size = 64
    block_on_close = False

    def __init__(self, turn: Turn, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Talk)
        self.turn = turn
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.hung_up = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    @property
    def prompts(self) -> str:
        """Everything that any message said."""
        return "\n".join(one["content"] for body in self.asked for one in body["messages"])


@contextmanager
def serving(turn: Turn, port: int = 0) -> Iterator[ModelServer]:
    """Serve while the block runs."""
    server = ModelServer(turn, port)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answering(*pieces: object, tokens: tuple[object, object] = (None, None)) -> Turn:
    """Answer well."""

    def turn(talk: Talk) -> None:
        talk.begin()
        talk.say(*pieces, finish="stop")
        talk.done(*tokens)

    return turn


def failing(status: int, **headers: str) -> Turn:
    """Answer with an error that names the key, as careless servers do."""

    def turn(talk: Talk) -> None:
        talk.begin(status, Content_Type="application/json", **headers)
        talk.wfile.write(json.dumps({"error": {"message": f"no: {KEY}"}}).encode())

    return turn


def dribbling(talk: Talk) -> None:
    """Speak on until somebody hangs up."""
    talk.begin()
    for _ in range(2000):
        talk.say("word ")
        sleep(0.005)
