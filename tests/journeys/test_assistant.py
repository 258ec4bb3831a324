"""The assistant in a real browser: asking, asking on, in the review, without a connection."""

from typing import Any

import pytest
from playwright.sync_api import Page

from cards.models import Conversation, Message, Question, ReviewLog
from tests.journeys.conftest import Person, show_answer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-assistant"),
    pytest.mark.django_db(transaction=True),
]
TEXT = "Why are positional encodings needed?"
FOCUSED = "document.activeElement.id"


def _open(person: Person, address: str = "/assistant/") -> Page:
    page = person.go(address)
    page.wait_for_load_state("load")
    return page


def _panel(page: Page) -> None:
    page.click("#assistant-panel > summary")
    page.wait_for_selector("#assistant-text:visible")


def test_asking_by_keyboard_alone_and_asking_on(at_desk: Person) -> None:
    page = _open(at_desk)
    page.focus("#assistant-text")
    page.keyboard.type("Why are")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("positional encodings needed?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/assistant/c/**")
    message = Message.objects.get()
    assert message.asked == "Why are\npositional encodings needed?"
    assert page.locator(".source").count() == len(message.sources)
    page.focus("#assistant-text")
    page.keyboard.type("And what is attention?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".message >> nth=1")
    assert page.evaluate(FOCUSED) == "assistant-text"
    assert page.input_value("#assistant-text") == ""
    assert Conversation.objects.get().messages.count() == 2
    page.reload()
    assert page.locator(".message").count() == 2


def test_the_whole_answer_is_one_announcement(at_desk: Person, bank: list[Question]) -> None:
    page = _open(at_desk, f"/library/q/{bank[0].slug}/")
    _panel(page)
    page.evaluate("""() => {
      window.added = [];
      new MutationObserver(changes => {
        for (const change of changes) for (const node of change.addedNodes)
          if (node.nodeType === 1) window.added.push(node.tagName);
      }).observe(document.querySelector('#assistant-messages'), {childList: true, subtree: true});
    }""")
    page.fill("#assistant-text", TEXT)
    page.click("#assistant-send")
    page.wait_for_selector("#assistant-messages .message")
    assert page.evaluate("window.added") == ["ARTICLE"]
    assert page.get_attribute("#assistant-messages", "role") == "log"


def test_a_composed_word_is_not_sent_by_its_enter(at_desk: Person) -> None:
    page = _open(at_desk)
    page.fill("#assistant-text", "注意")
    page.eval_on_selector(
        "#assistant-text",
        """field => field.dispatchEvent(new KeyboardEvent(
            'keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))""",
    )
    page.wait_for_timeout(300)
    assert not Message.objects.exists()
    page.keyboard.press("Enter")
    page.wait_for_url("**/assistant/c/**")


def test_nothing_written_is_nothing_asked(at_desk: Person) -> None:
    page = _open(at_desk)
    page.fill("#assistant-text", "  ")
    page.click("#assistant-send")
    page.wait_for_selector("#assistant-said:has-text('Write what you want to know')")
    assert page.evaluate(FOCUSED) == "assistant-text"
    assert not Message.objects.exists()


def test_without_a_connection_nothing_is_lost_and_it_is_asked_once(
    at_desk: Person, bank: list[Question]
) -> None:
    page = _open(at_desk, f"/library/q/{bank[0].slug}/")
    _panel(page)
    page.fill("#assistant-text", TEXT)
    at_desk.context.set_offline(True)
    page.click("#assistant-send")
    page.wait_for_selector("#assistant-said:has-text('Nothing was lost')")
    assert page.input_value("#assistant-text") == TEXT
    at_desk.context.set_offline(False)
    page.click("#assistant-send")
    page.wait_for_selector(".message")
    assert page.inner_text("#assistant-said") == ""
    assert Message.objects.count() == 1


def test_an_answer_that_was_lost_on_its_way_is_not_asked_again(
    at_desk: Person, bank: list[Question]
) -> None:
    page = _open(at_desk, f"/library/q/{bank[0].slug}/")
    _panel(page)

    def lose(route: Any) -> None:
        route.fetch()
        route.abort()

    at_desk.forgives += "|ERR_FAILED"
    page.route("**/assistant/ask/", lose, times=1)
    page.fill("#assistant-text", TEXT)
    page.click("#assistant-send")
    page.wait_for_selector("#assistant-said:has-text('Nothing was lost')")
    page.click("#assistant-send")
    page.wait_for_selector(".message")
    assert Message.objects.count() == 1


def test_what_is_too_long_says_so_and_stays(at_desk: Person, bank: list[Question]) -> None:
    page = _open(at_desk, f"/library/q/{bank[0].slug}/")
    at_desk.forgives += "|400"
    _panel(page)
    page.eval_on_selector("#assistant-text", "field => field.removeAttribute('maxlength')")
    page.fill("#assistant-text", "x" * 2001)
    page.click("#assistant-send")
    page.wait_for_selector("#assistant-said:has-text('holds 2000 characters')")
    assert page.input_value("#assistant-text") == "x" * 2001


def test_a_conversation_deleted_elsewhere_gives_way_to_another(
    at_desk: Person, bank: list[Question]
) -> None:
    page = _open(at_desk, f"/library/q/{bank[0].slug}/")
    at_desk.forgives += "|404"
    _panel(page)
    page.fill("#assistant-text", TEXT)
    page.click("#assistant-send")
    page.wait_for_selector(".message")
    Conversation.objects.all().delete()
    page.fill("#assistant-text", "And why?")
    page.click("#assistant-send")
    page.wait_for_selector("#assistant-said:has-text('not there any more')")
    assert page.input_value("#assistant-text") == "And why?"
    page.click("#assistant-send")
    page.wait_for_selector(".message >> nth=1")
    assert Message.objects.get().asked == "And why?"


def test_space_after_a_press_by_mouse_is_for_the_review(review: Page) -> None:
    show_answer(review)
    review.click("[data-point='1'] label:has-text('yes')")
    review.wait_for_selector("#review-suggestion[data-word]")
    _panel(review)
    review.click("#assistant-panel .suggestion-button >> nth=0")
    review.wait_for_selector("#assistant-messages .message")
    review.keyboard.press("Space")
    review.wait_for_selector("#review-undo")
    assert Message.objects.count() == 1


def test_in_the_review_asking_loses_no_attempt_and_no_judged_point(review: Page) -> None:
    review.fill("#attempt", "my attempt")
    review.press("#attempt", "Tab")
    review.evaluate("document.activeElement.blur()")
    show_answer(review)
    review.click("[data-point='1'] label:has-text('yes')")
    review.wait_for_selector("#review-suggestion[data-word]")
    review.keyboard.press("a")
    review.wait_for_selector("#assistant-panel[open]")
    assert review.evaluate(FOCUSED) == "assistant-text"
    review.keyboard.type("What is attention 3?")
    review.keyboard.press("Enter")
    review.wait_for_selector("#assistant-messages .message")
    review.keyboard.type("And why?")
    review.keyboard.press("Enter")
    review.wait_for_selector("#assistant-messages .message >> nth=1")
    conversation = Conversation.objects.get()
    assert conversation.messages.count() == 2
    assert conversation.question is not None
    assert review.input_value("#attempt") == "my attempt"
    assert review.is_checked("[data-point='1'] input[value='2']")
    assert ReviewLog.objects.count() == 0
    review.click("[data-key='3']")
    review.wait_for_selector("#review-undo:has-text('Undo: Good')")
    log = ReviewLog.objects.get()
    assert log.attempt == "my attempt"
    assert log.marks.filter(recalled=2).count() == 1


def test_a_follow_up_is_asked_by_a_press(at_desk: Person, bank: list[Question]) -> None:
    question = next(one for one in bank if one.follow_ups)
    page = _open(at_desk, f"/library/q/{question.slug}/")
    _panel(page)
    page.fill("#assistant-text", "half written")
    page.click("#assistant-panel .suggestion-button >> nth=0")
    page.wait_for_selector(".message")
    assert Message.objects.get().asked == question.follow_ups[0]["prompt"]
    assert page.input_value("#assistant-text") == "half written"


def test_hints_open_one_by_one_by_key_and_count_as_a_hint(review: Page) -> None:
    review.keyboard.press("a")
    review.wait_for_selector("#review-hint[open]")
    assert review.input_value("[name=hint_used]") == "on"
    assert review.locator(".before .hint[open]").count() == 1
    review.keyboard.press("a")
    review.wait_for_selector("#review-hint .hint[open]")
    assert "essential" in review.inner_text("#review-hint .hint")
    assert not review.is_visible("#assistant-panel")
    review.evaluate("document.activeElement.blur()")
    show_answer(review)
    review.click("[data-key='3']")
    review.wait_for_selector("#review-undo")
    assert ReviewLog.objects.get().hint_used


def test_a_conversation_is_renamed_found_and_deleted(at_desk: Person) -> None:
    page = _open(at_desk)
    page.fill("#assistant-text", TEXT)
    page.keyboard.press("Enter")
    page.wait_for_url("**/assistant/c/**")
    page.click("summary:has-text('Rename')")
    page.fill("#assistant-title", "For Monday")
    page.click("text=Save the title")
    page.wait_for_selector("h1:has-text('For Monday')")
    page.click("text=Assistant >> nth=0")
    page.fill("#assistant-q", "monday")
    page.keyboard.press("Enter")
    page.click(".row:has-text('For Monday')")
    page.click("summary:has-text('Delete')")
    page.click("text=Delete it")
    page.wait_for_selector("text=Deleted: “For Monday”.")
    assert not Conversation.objects.exists()
