"""A process apart: a model that takes its time, and learners who read what it writes.

`python -m tests.server.crowd PORT MODEL_PORT` says "ready", reads what `asking` has printed, says
"streaming" once every learner has a first piece, and in the end how many pieces each was given and
whether the answer came.
"""

import http.client
import json
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep
from typing import Any

from tests.model_server import Talk, serving

PIECES, PAUSE = 200, 0.05  # 20 a second


def at_length(talk: Talk) -> None:
    """Answer as models do: piece by piece."""
    talk.begin()
    for number in range(PIECES):
        talk.say(" word" if number % 10 else " So it is [1].")
        sleep(PAUSE)
    talk.say(finish="stop")
    talk.done(500, PIECES)


class Reader:
    """A learner who has a message worded."""

    def __init__(self, port: int, who: dict[str, Any], all_read: Barrier) -> None:
        self.who, self.all_read = who, all_read
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def read(self) -> tuple[int, bool]:
        """Return how many pieces came, and whether the answer did."""
        cookie = f"session={self.who['session']}"
        page_of = f"/assistant/c/{self.who['conversation']}/"
        self.line.request("GET", page_of, headers={"Cookie": cookie})
        answer = self.line.getresponse()
        page = answer.read().decode()
        secret = answer.headers["Set-Cookie"].split("csrf=")[1].split(";")[0]
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
        headers = {
            "Cookie": f"{cookie}; csrf={secret}",
            "Accept": "text/event-stream",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        address = f"/assistant/m/{self.who['message']}/words/"
        self.line.request("POST", address, f"csrfmiddlewaretoken={token}", headers)
        stream = self.line.getresponse()
        first = stream.readline()
        self.all_read.wait(30)
        rest = first + stream.read()
        return rest.count(b"event: piece"), b"event: done" in rest and b"So it is [1]" in rest


if __name__ == "__main__":
    with serving(at_length, int(sys.argv[2])):
        print("ready", flush=True)  # noqa: T201
        people = json.loads(sys.stdin.readline())
        started = Barrier(len(people) + 1)
        readers = [Reader(int(sys.argv[1]), who, started) for who in people]
        with ThreadPoolExecutor(len(readers)) as pool:
            reading = [pool.submit(reader.read) for reader in readers]
            started.wait(30)
            print("streaming", flush=True)  # noqa: T201
            print(json.dumps([one.result() for one in reading]), flush=True)  # noqa: T201
