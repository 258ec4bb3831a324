"""A language model words an answer in a real browser: to its end, stopped, again, in trouble."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django import Settings

from cards.models import Learner, Message, Question, ReviewLog
from tests.conftest import PASSWORD
from tests.journeys.conftest import Person, show_answer
from tests.model_server import ModelServer, Talk, answering, failing
from tests.wording import TEXT, ask, model_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-assistant"),
    pytest.mark.django_db(transaction=True),
]
FOCUSED = "document.activeElement.id"
HOSTILE = (
    "<script>window.hit = 1</script> <img src=x onerror='window.hit = 2'> "
    "[here](javascript:alert(1)) **bold** [1]."
)


class Slow:
    """A model that says a word, waits until it may go on, and says the rest."""

    def __init__(self) -> None:
        self.go_on = Event()

    def __call__(self, talk: Talk) -> None:
        talk.begin()
        talk.say("Order is ")
        for _ in range(100):
            if self.go_on.wait(0.05):
                break
            talk.say("… ")
        talk.say("added [1].", finish="stop")
        talk.done()


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def model(settings: Settings, slow: Slow, bank: list[Question]) -> Iterator[ModelServer]:
    running: AbstractContextManager[ModelServer] = model_of(settings)(slow)
    with running as server:
        yield server
        slow.go_on.set()


@pytest.fixture
def at_panel(at_desk: Person, model: ModelServer, bank: list[Question]) -> Page:
    page = at_desk.go(f"/library/q/{bank[0].slug}/")
    page.wait_for_load_state("load")
    page.click("#assistant-panel > summary")
    page.wait_for_selector("#assistant-text:visible")
    return page


def _ask(page: Page) -> None:
    page.fill("#assistant-text", TEXT)
    page.keyboard.press("Enter")
    page.wait_for_selector(".message-coming:has-text('Order is')")


def _settled(page: Page, state: str) -> None:
    page.wait_for_selector(f".message[data-wording='{state}']")


def test_it_is_seen_as_it_comes_and_announced_once_as_a_whole(at_panel: Page, slow: Slow) -> None:
    at_panel.evaluate("""() => {
      window.added = [];
      new MutationObserver(changes => {
        for (const change of changes) for (const node of change.addedNodes)
          if (node.nodeType === 1 && !node.closest('[aria-hidden=true]'))
            window.added.push(node.tagName);
      }).observe(document.querySelector('#assistant-messages'), {childList: true, subtree: true});
    }""")
    _ask(at_panel)
    assert at_panel.locator(".source").count() == len(Message.objects.get().sources)
    assert at_panel.get_attribute(".message-coming", "aria-hidden") == "true"
    assert at_panel.inner_text("#assistant-said") == "The language model is writing…"
    assert at_panel.is_visible("#assistant-stop")
    slow.go_on.set()
    _settled(at_panel, "done")
    assert at_panel.evaluate("window.added") == ["ARTICLE", "ARTICLE"]
    assert "added [1]." in at_panel.inner_text(".message-words")
    assert at_panel.inner_text(".source-number") == "[1]"
    assert at_panel.inner_text("#assistant-said") == ""
    assert not at_panel.is_visible("#assistant-stop")
    assert at_panel.evaluate(FOCUSED) == "assistant-text"


def test_stopped_by_its_button_the_banks_words_stand_and_it_is_asked_again(
    at_panel: Page, slow: Slow, model: ModelServer
) -> None:
    _ask(at_panel)
    at_panel.click("#assistant-stop")
    _settled(at_panel, "stopped")
    assert "This is what the bank says" in at_panel.inner_text(".message")
    assert model.hung_up.wait(5)
    slow.go_on.set()
    at_panel.focus(".message-ask button")
    at_panel.keyboard.press("Enter")
    _settled(at_panel, "done")
    assert len(model.asked) == 2
    assert at_panel.evaluate("document.activeElement.textContent") == "Word it again"


def test_escape_stops_it_where_the_keyboard_is_in_the_assistant(
    at_panel: Page, model: ModelServer
) -> None:
    _ask(at_panel)
    at_panel.keyboard.press("Escape")
    _settled(at_panel, "stopped")
    assert at_panel.evaluate(FOCUSED) == "assistant-text"


def test_trouble_is_told_and_nothing_is_lost(at_panel: Page, model: ModelServer) -> None:
    model.turn = failing(429, Retry_After="7")
    at_panel.fill("#assistant-text", TEXT)
    at_panel.keyboard.press("Enter")
    _settled(at_panel, "failed")
    text = at_panel.inner_text(".message")
    assert "Try again in 7 seconds." in text
    assert "This is what the bank says" in text
    model.turn = answering("Now [1].")
    at_panel.click(".message-ask button")
    _settled(at_panel, "done")


def test_what_a_model_writes_is_text_while_it_comes_and_afterwards(
    at_panel: Page, model: ModelServer
) -> None:
    model.turn = answering(HOSTILE)
    at_panel.fill("#assistant-text", TEXT)
    at_panel.keyboard.press("Enter")
    _settled(at_panel, "done")
    assert HOSTILE in at_panel.inner_text(".message-words")
    assert at_panel.locator(".message-words *").count() == 0
    assert at_panel.evaluate("window.hit") is None


def test_a_second_tab_waits_and_shows_the_same_answer(
    at_desk: Person, model: ModelServer, slow: Slow, sam: Learner
) -> None:
    message = ask(sam)
    address = f"/assistant/c/{message.conversation_id}/"
    first = at_desk.go(address)
    first.wait_for_selector(".message-coming:has-text('Order is')")
    second = at_desk.tab()
    second.goto(at_desk.base + address)
    second.wait_for_load_state("load")
    assert second.locator(".message-coming").count() == 0
    slow.go_on.set()
    for page in (first, second):
        _settled(page, "done")
    assert len(model.asked) == 1


def test_a_page_left_and_opened_again_offers_to_go_on(
    at_desk: Person, model: ModelServer, slow: Slow, sam: Learner
) -> None:
    message = ask(sam)
    page = at_desk.go(f"/assistant/c/{message.conversation_id}/")
    page.wait_for_selector(".message-coming:has-text('Order is')")
    at_desk.go("/help/")
    assert model.hung_up.wait(5)
    slow.go_on.set()
    page = at_desk.go(f"/assistant/c/{message.conversation_id}/")
    _settled(page, "stopped")
    page.click(".message-ask button")
    _settled(page, "done")
    assert len(model.asked) == 2


def test_a_line_that_broke_asks_once_and_shows_what_became_of_it(
    at_panel: Page, at_desk: Person, model: ModelServer, slow: Slow
) -> None:
    at_desk.forgives += "|ERR_"
    _ask(at_panel)
    at_desk.context.set_offline(True)
    at_panel.wait_for_timeout(300)
    at_desk.context.set_offline(False)
    slow.go_on.set()
    at_panel.wait_for_selector(".message:is([data-wording=done], [data-wording=stopped])")
    assert len(model.asked) == 1


def test_in_the_review_it_takes_no_key_and_no_attempt(
    at_desk: Person, model: ModelServer, slow: Slow
) -> None:
    page = at_desk.go("/review/")
    page.wait_for_load_state("load")
    page.fill("#attempt", "my attempt")
    page.evaluate("document.activeElement.blur()")
    show_answer(page)
    page.keyboard.press("a")
    page.wait_for_selector("#assistant-panel[open]")
    page.keyboard.type(TEXT)
    page.keyboard.press("Enter")
    page.wait_for_selector(".message-coming:has-text('Order is')")
    slow.go_on.set()
    _settled(page, "done")
    page.click(".message-ask button")
    page.wait_for_selector("#assistant-stop:visible")
    _settled(page, "done")
    assert page.input_value("#attempt") == "my attempt"
    assert "/review/" in page.url
    assert not ReviewLog.objects.exists()


@pytest.mark.parametrize("width", [320, 360])
def test_on_a_phone_nothing_sticks_out_while_it_comes(
    open_browser: Callable[..., Person], sam: Learner, model: ModelServer, slow: Slow, width: int
) -> None:
    model.turn = answering("pneumono" * 90, " [1].")
    person = open_browser(viewport={"width": width, "height": 760}, has_touch=True)
    person.sign_in(sam.email)
    message = ask(sam)
    page = person.go(f"/assistant/c/{message.conversation_id}/")
    _settled(page, "done")
    model.turn = slow
    page.tap(".message-ask button")
    page.wait_for_selector(".message-coming:has-text('Order is')")
    box = page.locator("#assistant-stop").bounding_box()
    assert box
    assert box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.tap("#assistant-stop")
    _settled(page, "stopped")


def test_without_script_a_button_has_it_worded(
    open_browser: Any, sam: Learner, model: ModelServer
) -> None:
    model.turn = answering("Plain [1].")
    person: Person = open_browser(java_script_enabled=False, viewport={"width": 360, "height": 760})
    page = person.go("/account/login/")
    page.fill("[name=login]", sam.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page = person.go("/assistant/")
    page.fill("#assistant-text", TEXT)
    page.click("#assistant-send")
    assert "This is what the bank says" in page.inner_text(".message")
    page.click("text=Word it with the language model")
    assert "Plain [1]." in page.inner_text(".message-words")
    assert "/assistant/c/" in page.url
    assert len(model.asked) == 1
