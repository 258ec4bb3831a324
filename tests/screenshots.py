"""`make screenshots`: every screen at 360 and 1280 px, light and dark, in var/screenshots/.

A server of its own on a fresh folder, the lived-in learner of `make demo` and one who is new.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import CHROMIUM, FLAGS
from tests.server.process import ROOT, Server

OUT = ROOT / "var" / "screenshots"
WIDTHS = {360: 780, 1280: 900}
NEW = {"name": "Ada", "email": "ada@example.org", "password1": "a long and quiet password"}


def _open_answer(page: Page) -> None:
    page.locator("#review-answer > summary").click()


def _judge(page: Page) -> None:
    _open_answer(page)
    for place, choice in ((1, "yes"), (2, "yes"), (3, "partly"), (4, "no")):
        page.locator(f"[data-point='{place}'] label:has-text('{choice}')").click()
    page.wait_for_selector("#review-suggestion[data-word]")


def _drill(page: Page) -> None:
    """One question a day, a point missed, graded Hard: it comes back at once."""
    page.fill("[name=new_per_day]", "1")
    page.click("main button:has-text('Save')")
    page.goto(page.url.replace("/settings/", "/review/"))
    _judge(page)
    page.click("[data-key='2']")
    page.wait_for_selector("#review-drill")
    page.locator(".cue > summary").first.click()


def _open_keys(page: Page) -> None:
    page.locator("#review-keys > summary").click()


def _open_menu(page: Page) -> None:
    page.locator(".menu > summary").click()


def _leave_session(page: Page) -> None:
    button = page.locator("#review-leave button")
    if button.count():
        button.click()
        page.wait_for_selector("text=Start review")


def _open_ways(page: Page) -> None:
    page.locator("#today-ways > summary").click()
    page.locator("#today-limits > summary").click()


def _ten_minutes(page: Page) -> None:
    page.click("[aria-label='I have 10 minutes']")
    page.wait_for_selector("#review-leave")


def _drill_weak_points(page: Page) -> None:
    _leave_session(page)
    page.click("text=Drill these points")
    page.wait_for_selector("#review-drill")


def _nothing(page: Page) -> None:
    page.wait_for_load_state("load")


State = tuple[str, str, Callable[[Page], Any]]
VISITOR: list[State] = [
    ("welcome", "/", _nothing),
    ("sign-in", "/account/login/", _nothing),
    ("sign-up", "/account/signup/", _nothing),
    ("reset", "/account/password/reset/", _nothing),
    ("not-found", "/nowhere/", _nothing),
]
NEWCOMER: list[State] = [
    ("first-today", "/", _nothing),
    ("first-review", "/review/", _nothing),
    ("first-progress", "/progress/", _nothing),
    ("first-drill", "/settings/", _drill),
]
LIVED_IN: list[State] = [
    ("today", "/", _leave_session),
    ("today-ways", "/", _open_ways),
    ("menu", "/", _open_menu),
    ("review", "/review/", _nothing),
    ("review-keys", "/review/", _open_keys),
    ("review-answer", "/review/", _open_answer),
    ("review-judged", "/review/", _judge),
    ("library", "/library/", _nothing),
    ("library-question", "/library/q/role-of-attention/", _nothing),
    ("library-edit", "/library/new/", _nothing),
    ("progress", "/progress/", _nothing),
    ("exchange", "/exchange/", _nothing),
    ("cram", "/export/cram/", _nothing),
    ("settings", "/settings/", _nothing),
    ("help", "/help/", _nothing),
    ("session", "/", _ten_minutes),
    ("session-drill", "/", _drill_weak_points),
]


def _manage(server: Server, *words: str) -> str:
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(
        command, cwd=ROOT, env=server.environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def _shoot(browser: Browser, base: str, states: list[State], enter: Callable[[Page], None]) -> int:
    shots = 0
    for width, height in WIDTHS.items():
        for theme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if theme == "dark" else "light",
            )
            page = context.new_page()
            enter(page)
            for name, path, act in states:
                page.goto(base + path)
                act(page)
                page.screenshot(path=OUT / f"{name}-{width}-{theme}.png", full_page=True)
                shots += 1
            context.close()
    return shots


def main() -> None:
    """Write them all and say how many."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder), "")
        server.start()
        base = f"http://127.0.0.1:{server.port}"
        password = _manage(server, "demo").strip().rpartition(" ")[2]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))

        def sign_in(page: Page) -> None:
            page.goto(f"{base}/account/login/")
            page.fill("[name=login]", "demo@example.com")
            page.fill("[name=password]", password)
            page.click("main button")
            page.wait_for_selector(".greeting")

        def sign_up(page: Page) -> None:
            page.goto(f"{base}/account/signup/")
            for name, value in NEW.items():
                unique = f"{id(page)}-{value}" if name == "email" else value
                page.fill(f"[name={name}]", unique)
            page.click("main button")
            page.wait_for_selector("#review-card")

        try:
            shots = _shoot(browser, base, VISITOR, lambda _page: None)
            shots += _shoot(browser, base, NEWCOMER, sign_up)
            shots += _shoot(browser, base, LIVED_IN, sign_in)
        finally:
            browser.close()
            server.kill()
    sys.stdout.write(f"{shots} screenshots in {OUT.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
