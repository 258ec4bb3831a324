"""`make screenshots`: every state at 360 and 1280 px, light and dark, in var/screenshots/.

A production server of its own on a fresh folder; `tests.screenshots review library` shows only
the states whose names begin so.
"""

import os
import sys
import tempfile
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import django
from playwright.sync_api import Browser, sync_playwright

from tests.browser import CHROMIUM, FLAGS
from tests.model_server import serving
from tests.server.process import ROOT, Server

OUT = ROOT / "var" / "screenshots"
WIDTHS = {360: 780, 1280: 900}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def _shoot(browser: Browser, servers: dict[bool, Server], wanted: tuple[str, ...]) -> int:
    """Shoot on the server without a model, or on that with one; return how many there are."""
    from django.utils import timezone

    from tests.states import MODEL, STATES, people, reach, sign_in

    made: dict[str, Any] = people(timezone.now())
    shown = [state for state in STATES if state.name.startswith(wanted or "")]
    shots = 0
    for who, states in groupby(sorted(shown, key=lambda state: state.who), lambda s: s.who):
        base = f"http://127.0.0.1:{servers[who == MODEL].port}"
        context = browser.new_context(service_workers="block", reduced_motion="reduce")
        if who:
            sign_in(context, base, made[who])
        page = context.new_page()
        for state in states:
            page.set_viewport_size({"width": 360, "height": 780})
            reach(page, base, state)
            for width, height in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": height})
                for theme in THEMES:
                    page.emulate_media(color_scheme=theme)
                    name = f"{state.name}-{width}-{theme}.png"
                    page.screenshot(path=OUT / name, full_page=True)
                    shots += 1
        context.close()
    return shots


def _shoot_both(browser: Browser, servers: dict[bool, Server]) -> int:
    """Start the server with a model, too, and shoot."""
    from tests.opinions import judging

    with serving(judging) as model:
        servers[True].environment |= {"LLM_BASE_URL": model.url, "LLM_MODEL": "small"}
        servers[True].start()
        try:
            return _shoot(browser, servers, tuple(sys.argv[1:]))
        finally:
            servers[True].kill()


def main() -> None:
    """Write them all and say how many."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        servers = {has_model: Server(Path(folder), "") for has_model in (False, True)}
        servers[False].start()
        os.environ.update(servers[False].environment, DJANGO_ALLOW_ASYNC_UNSAFE="true")
        django.setup()  # on the servers' own database, to make the people
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            shots = _shoot_both(browser, servers)
        finally:
            browser.close()
            servers[False].kill()
    sys.stdout.write(f"{shots} screenshots in {OUT.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
