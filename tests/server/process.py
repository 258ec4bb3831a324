"""A production server as a process, a database of its own, and a visitor without script."""

import gzip
import http.cookiejar
import os
import re
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = os.environ.get("DATABASE_URL", "")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Database:
    """A fresh database of the kind under test: a SQLite file, or one on the PostgreSQL server."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.name = folder, ""
        if POSTGRES:
            self.name = f"llmprep_server_{uuid4().hex[:8]}"
            self._administer(f"CREATE DATABASE {self.name}")

    @property
    def url(self) -> str:
        """What DATABASE_URL says; nothing for SQLite."""
        return POSTGRES.rpartition("/")[0] + "/" + self.name if POSTGRES else ""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database itself, past the server."""
        if POSTGRES:
            with psycopg.connect(self.url) as connection:
                return connection.execute(query.encode()).fetchall()
        file = sqlite3.connect(self.folder / "llmprep.sqlite3")
        try:
            return file.execute(query).fetchall()
        finally:
            file.close()

    def change(self, command: str) -> None:
        """Change it past the server; PostgreSQL only."""
        with psycopg.connect(self.url) as connection:
            connection.execute(command.encode())

    def drop(self) -> None:
        """Remove it, whoever is still connected."""
        if POSTGRES:
            self._administer(f"DROP DATABASE {self.name} WITH (FORCE)")

    @staticmethod
    def _administer(command: str) -> None:
        with psycopg.connect(POSTGRES, autocommit=True) as connection:
            connection.execute(command.encode())


class Server:
    """The server on such a database; `url` may lead there by another way."""

    def __init__(self, folder: Path, url: str, **more: str) -> None:
        self.port = free_port()
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "SECRET_KEY"}}
        self.environment = (
            kept
            | {
                "DATA_DIR": str(folder),
                "PORT": str(self.port),
                "DATABASE_URL": url,
                "DJANGO_SETTINGS_MODULE": "llmprep.settings",
            }
            | more
        )

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


class Disk:
    """A disk without room: no file of the server may grow (SQLite), or the database says so."""

    FULL = """
        CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
        CREATE TRIGGER disk_is_full BEFORE INSERT ON cards_reviewlog
        EXECUTE FUNCTION disk_is_full()
    """

    def __init__(self, database: Database, server: Server) -> None:
        self.database, self.server = database, server

    def fill(self) -> None:
        """Let nothing more be written."""
        if POSTGRES:
            self.database.change(self.FULL)
        else:
            self._let_files_grow_to(1024)  # bytes: less than one page of the database

    def free(self) -> None:
        """Let it be written again."""
        if POSTGRES:
            self.database.change("DROP FUNCTION disk_is_full CASCADE")
        else:
            self._let_files_grow_to(resource.RLIM_INFINITY)

    def _let_files_grow_to(self, size: int) -> None:
        parent = self.server.process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        for pid in (parent, *map(int, children)):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


class Cable:
    """The line between the server and PostgreSQL, which can be pulled out and put back."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.there = (parts.hostname or "127.0.0.1", parts.port or 5432)
        self.port = free_port()
        netloc = parts.netloc.rpartition("@")[0] + f"@127.0.0.1:{self.port}"
        self.url = parts._replace(netloc=netloc).geturl()
        self.plug_in()

    def plug_in(self) -> None:
        """Take connections."""
        self.open: list[socket.socket] = []
        self.door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self.door,), daemon=True).start()

    def pull(self) -> None:
        """Cut every connection and refuse new ones, as a database that was stopped does."""
        for end in (self.door, *self.open):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:  # the other side was quicker
                continue
            finally:
                end.close()

    def _accept(self, door: socket.socket) -> None:
        while True:
            try:
                near, _ = door.accept()
            except OSError:  # pulled
                return
            far = socket.create_connection(self.there)
            self.open += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    @staticmethod
    def _carry(source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:  # pulled
            return


class Drive:
    """The place of the SQLite file, which can be taken away and put back."""

    url = ""

    def __init__(self, folder: Path) -> None:
        self.file, self.away = folder / "llmprep.sqlite3", folder / "away.sqlite3"

    def pull(self) -> None:
        """Leave something in its place that can't be opened, as a drive that failed does."""
        self.file.rename(self.away)
        self.file.mkdir()

    def plug_in(self) -> None:
        """Put the file back."""
        self.file.rmdir()
        self.away.rename(self.file)


class Visitor:
    """Somebody with cookies, no script."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.received = 0  # bytes of the last page, as they came over the line

    def get(self, path: str) -> str:
        """Return a page."""
        return self._open(urllib.request.Request(self.base + path))[1]

    def post(self, path: str, page: str, **fields: str) -> str:
        """Send a form with its token and return the page it leads to."""
        return self.try_post(path, page, **fields)[1]

    def try_post(self, path: str, page: str, **fields: str) -> tuple[int, str, str]:
        """Send a form with its token; return status, page and Retry-After."""
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
        body = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token}).encode()
        return self._open(urllib.request.Request(self.base + path, body))

    def _open(self, request: urllib.request.Request) -> tuple[int, str, str]:
        request.add_header("Accept-Encoding", "gzip")
        try:
            answer = self.opener.open(request, timeout=40)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            raw = answer.read()
            self.received = len(raw)
            packed = answer.headers.get("Content-Encoding") == "gzip"
            text = (gzip.decompress(raw) if packed else raw).decode()
            return answer.status, text, answer.headers.get("Retry-After", "")

    def sign_up(self) -> str:
        """Make an account and return the first review page."""
        form = self.get("/account/signup/")
        person = {"name": "Ada", "email": "ada@example.org", "password1": "a long, quiet password"}
        return self.post("/account/signup/", form, **person)


def grade_form(page: str) -> tuple[str, dict[str, str]]:
    """Return address and fields of the grade form of a review page."""
    (address,) = re.findall(r'<form id="review-form"[^>]* action="([^"]+)"', page)
    return address, dict(re.findall(r'name="(submission_id|version)" value="([^"]*)"', page))
