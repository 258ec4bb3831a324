"""`manage.py serve`: bring everything up to date and serve with a production server."""

import hashlib
import os
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, connections
from gunicorn.app.base import BaseApplication

from cards.services.assistant import MOST_AT_ONCE, has_model, read_lists

WORKERS = 2
# Measured by `make bench`: SQLite has one writer, more threads only wait for it.
THREADS = {"sqlite": 4, "postgresql": 8}


class Command(BaseCommand):
    """Migrates, loads the bank, collects static files where needed, then serves."""

    help = "Bring database, bank and static files up to date, then serve on HOST:PORT."

    def handle(self, **options: Any) -> None:  # noqa: ARG002
        """Serve until stopped."""
        call_command("migrate", verbosity=0)
        call_command("seed", verbosity=0)
        _collect_static()
        connections.close_all()
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]  # a pool must not be shared by forks
        self.stdout.write(f"LLMPrep is at http://{settings.HOST}:{settings.PORT}/  (Ctrl-C stops)")
        self.stdout.flush()
        _Server().run()


def _collect_static() -> None:
    """Collect and compress only when a file has changed: it takes seconds."""
    lines = sorted(
        f"{path} {storage.size(path)} {storage.get_modified_time(path).timestamp()}"
        for finder in get_finders()
        for path, storage in finder.list([])
    )
    mark = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    stamp = settings.STATIC_ROOT / ".collected"
    if stamp.exists() and stamp.read_text() == mark:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(mark)


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn, told everything from here."""

    def load_config(self) -> None:
        """Threads wait for the database, so there are more of them than processors."""
        workers = int(os.environ.get("WEB_CONCURRENCY", WORKERS))
        self.cfg.set("bind", f"{settings.HOST}:{settings.PORT}")
        self.cfg.set("workers", workers)
        self.cfg.set("worker_class", "gthread")
        # Whoever waits for a language model holds a thread; the others stay with the pages.
        waiting = MOST_AT_ONCE if has_model() else 0
        self.cfg.set("threads", THREADS[connection.vendor] + waiting)
        self.cfg.set("preload_app", True)  # noqa: FBT003
        self.cfg.set("loglevel", "warning")
        self.cfg.set("keepalive", 30)
        self.cfg.set("control_socket_disable", True)  # noqa: FBT003

    def load(self) -> Any:
        """The application; the settings are read already. Workers share what is read here."""
        from llmprep.wsgi import application

        read_lists()
        return application
