"""A real browser, in which any error of console, policy or server fails the test."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from cards.models import Learner, Question
from tests.browser import CHROMIUM, FLAGS
from tests.conftest import PASSWORD


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


class Person:
    """Somebody at a browser."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context = context
        self.base = base
        self.faults: list[str] = []
        self.forgives = r"\b409\b|Worker registration blocked|ERR_INTERNET_DISCONNECTED|^htmx:"
        self.page = self.tab()

    def tab(self) -> Page:
        """Open one more tab."""
        page = self.context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("response", lambda r: self.faults.append(r.url) if r.status >= 500 else None)
        return page

    def _heard(self, message: Any) -> None:
        expected = re.search(self.forgives, message.text)
        if message.type in {"error", "warning"} and not expected:
            self.faults.append(
                f"{message.text} at {message.location.get('url')} on {self.page.url}"
            )

    def go(self, address: str) -> Page:
        """Open an address of the site."""
        self.page.goto(self.base + address)
        return self.page

    def sign_in(self, email: str) -> Page:
        """Sign in with the password of all test learners."""
        page = self.go("/account/login/")
        page.fill("[name=login]", email)
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        page.wait_for_selector(".greeting")
        return page


@pytest.fixture
def open_browser(chromium: Browser, live_server: Any, db: None) -> Iterator[Any]:
    people: list[Person] = []

    def opened(**options: Any) -> Person:
        # A request that a worker passes on is hidden from `route`; one journey lets it work.
        options.setdefault("service_workers", "block")
        person = Person(chromium.new_context(**options), live_server.url)
        people.append(person)
        return person

    yield opened
    faults = [fault for person in people for fault in person.faults]
    for person in people:
        person.context.close()
    assert faults == []


@pytest.fixture
def person(open_browser: Any, bank: list[Question]) -> Person:
    opened: Person = open_browser(viewport={"width": 1280, "height": 900})
    return opened


@pytest.fixture
def at_desk(person: Person, sam: Learner) -> Person:
    """Return Sam, signed in."""
    person.sign_in(sam.email)
    return person


@pytest.fixture
def review(at_desk: Person) -> Page:
    """Return the review page, its script in place."""
    page = at_desk.go("/review/")
    page.wait_for_load_state("load")
    return page


def show_answer(page: Page) -> None:
    """Show the answer by keyboard."""
    page.keyboard.press("Space")
    page.wait_for_selector("#review-answer[open]")
