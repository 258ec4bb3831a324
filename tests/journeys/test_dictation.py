"""Dictation, with a recogniser that says what the test wants; no microphone is needed."""

from typing import Any

import pytest

from cards.models import Learner, Question, ReviewLog
from tests.journeys.conftest import Person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-dictation"),
    pytest.mark.django_db(transaction=True),
]
RECOGNISER = """
window.webkitSpeechRecognition = class {
  start() { window.listening = this; }
  stop() { this.onend?.({ target: this }); }
};
window.SpeechRecognition = undefined;
window.hear = (text, isFinal = true) => {
  const result = Object.assign([{ transcript: text }], { isFinal });
  window.listening.onresult({ results: [result], resultIndex: 0 });
};
"""


def _review(person: Person, learner: Learner) -> Any:
    person.sign_in(learner.email)
    page = person.go("/review/")
    page.wait_for_load_state("load")
    return page


def test_what_is_said_is_added_to_the_attempt_and_stored(person: Person, sam: Learner) -> None:
    person.context.add_init_script(RECOGNISER)
    page = _review(person, sam)
    page.fill("#attempt", "Attention")
    page.click("#review-dictate")
    assert page.get_attribute("#review-dictate", "aria-pressed") == "true"
    page.evaluate("hear('weighs every', true); hear('hesitation', false)")
    page.evaluate("hear(' token.')")
    assert page.input_value("#attempt") == "Attention weighs every token."
    page.locator("#review-answer > summary").click()
    page.wait_for_selector("#review-dictate[aria-pressed=false]", state="attached")
    with page.expect_response(lambda r: "/grade/" in r.url):
        page.click("[data-key='3']")
    assert ReviewLog.objects.get().attempt == "Attention weighs every token."


def test_a_microphone_that_is_not_allowed_is_said(person: Person, sam: Learner) -> None:
    person.context.add_init_script(RECOGNISER)
    page = _review(person, sam)
    page.click("#review-dictate")
    page.evaluate("listening.onerror({ error: 'not-allowed' })")
    assert "does not allow the microphone" in page.inner_text("#review-said")
    assert page.get_attribute("#review-dictate", "aria-pressed") == "false"


def test_where_the_browser_cannot_the_button_is_not_there(
    person: Person, sam: Learner, bank: list[Question]
) -> None:
    person.context.add_init_script(
        "window.SpeechRecognition = window.webkitSpeechRecognition = undefined"
    )
    page = _review(person, sam)
    assert page.is_hidden("#review-dictate")
