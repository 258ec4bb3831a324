"""The production server as a process: it starts by itself, and what it acknowledged survives it."""

import http.cookiejar
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.server, pytest.mark.xdist_group("server")]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """A server of its own on a fresh SQLite file."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, _free_port()
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "SECRET_KEY"}}
        self.environment = kept | {
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "llmprep.settings",
        }

    def start(self) -> float:
        """Start, wait until it answers, and return how many seconds that took."""
        began = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        while time.perf_counter() - began < 60:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5).close()
            except OSError:
                time.sleep(0.05)
            else:
                return time.perf_counter() - began
        raise TimeoutError("the server did not come up")

    def kill(self) -> None:
        """End it and its workers at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


class Browser:
    """A visitor with cookies, no script."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> str:
        """Return a page."""
        with self.opener.open(self.base + path, timeout=20) as answer:
            return str(answer.read().decode())

    def post(self, path: str, page: str, **fields: str) -> str:
        """Send a form with its token and return the page it leads to."""
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
        body = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token}).encode()
        with self.opener.open(self.base + path, body, timeout=20) as answer:
            return str(answer.read().decode())


def test_a_grade_that_was_acknowledged_survives_kill_9_and_a_second_start_is_quick(
    tmp_path: Path,
) -> None:
    server = Server(tmp_path)
    server.start()
    visitor = Browser(server.port)
    form = visitor.get("/account/signup/")
    person = {"name": "Ada", "email": "ada@example.org", "password1": "a long and quiet password"}
    page = visitor.post("/account/signup/", form, **person)
    fields = dict(re.findall(r'name="(submission_id|version)" value="([^"]*)"', page))
    (address,) = re.findall(r'action="(/review/[a-z0-9-]+/grade/)"', page)
    visitor.post(address, page, **fields, quality="4")
    server.kill()
    with sqlite3.connect(tmp_path / "llmprep.sqlite3") as database:
        stored = database.execute("SELECT submission_id, quality FROM cards_reviewlog").fetchall()
    database.close()
    assert stored == [(fields["submission_id"].replace("-", ""), 4)]
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    seconds = server.start()
    server.kill()
    assert seconds < 5  # under 3 on an idle machine; the tests share this one


def test_a_review_page_is_light(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start()
    visitor = Browser(server.port)
    form = visitor.get("/account/signup/")
    person = {"name": "Ada", "email": "ada@example.org", "password1": "a long and quiet password"}
    page = visitor.post("/account/signup/", form, **person)
    sizes = {"page": len(page.encode()) // 3}  # text compresses to less than a third
    for asset in re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css|svg))"', page):
        request = urllib.request.Request(visitor.base + asset, headers={"Accept-Encoding": "br"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            sizes[asset] = len(answer.read())
    server.kill()
    script = sum(size for name, size in sizes.items() if name.endswith(".js"))
    assert script <= 25_000, sizes
    assert sum(sizes.values()) <= 60_000, sizes
