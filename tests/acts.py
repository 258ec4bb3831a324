"""What is done on a page to bring it into a state."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.test import Client, override_settings
from playwright.sync_api import Page

from cards.http import EVENT_STREAM, event
from cards.models import Conversation

COMING = "How do rotary encodings turn?"


def open_answer(page: Page) -> None:
    page.locator("#review-answer > summary").click()


def judge(page: Page) -> None:
    open_answer(page)
    for place, choice in ((1, "yes"), (2, "yes"), (3, "partly"), (4, "no")):
        page.locator(f"[data-point='{place}'] label:has-text('{choice}')").click()
    page.wait_for_selector("#review-suggestion[data-word]")


def edit(page: Page) -> None:
    judge(page)
    page.keyboard.press("e")
    page.wait_for_selector("#review-edit-here #library-editor")


def undo(page: Page) -> None:
    page.click("#review-undo")
    page.wait_for_selector("text=Undone")


def drill(page: Page) -> None:
    page.wait_for_selector("#review-drill")
    page.locator(".cue > summary").first.click()


def stale(page: Page) -> None:
    """As if it had been answered in another tab."""
    page.evaluate("document.querySelector('[name=version]').value = 77")
    open_answer(page)
    page.click("[data-key='3']")
    page.wait_for_selector("text=answered or changed elsewhere")


def wrong(
    selector: str, value: str, button: str = "main form:has(.field) button.button-primary"
) -> Callable[[Page], None]:
    def sent(page: Page) -> None:
        page.evaluate("for (const f of document.forms) f.noValidate = true")
        page.fill(selector, value)
        page.click(button)
        page.wait_for_selector(".errors")

    return sent


def nothing_chosen(page: Page) -> None:
    page.evaluate("for (const form of document.forms) form.noValidate = true")
    page.click("main form button[type=submit]")
    page.wait_for_selector(".errors")


def reset_sent(page: Page) -> None:
    page.fill("[name=email]", "nobody@example.org")
    page.click("main button")
    page.wait_for_load_state("load")


def trouble(code: str) -> Callable[[Page], None]:
    """The very page, in the place of any address: the server is not made to fail."""

    def shown(page: Page) -> None:
        html = render_to_string(f"{code}.html")
        page.route("**/help/", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.reload()
        page.unroute_all()

    return shown


def write(page: Page) -> None:
    page.fill("[name=prompt]", "What does a residual connection do?")
    page.locator("[name=answer]").press_sequentially("It keeps a **clean path** for $x$.")
    page.wait_for_selector("#library-preview strong")


def first_question(page: Page) -> None:
    page.click("#result_list tbody th a >> nth=0")
    page.wait_for_selector("[formtarget]")


def preview(page: Page) -> None:
    first_question(page)
    page.locator("[formtarget]").evaluate("button => button.removeAttribute('formtarget')")
    page.click("text=Preview as a learner")
    page.wait_for_selector("text=nothing was stored")


def unfold(*selectors: str) -> Callable[[Page], None]:
    def opened(page: Page) -> None:
        for selector in selectors:
            page.locator(f"{selector} > summary").first.click()

    return opened


def keys(page: Page) -> None:
    page.keyboard.press("?")
    page.wait_for_selector("#review-overlay[open]")


def note(page: Page) -> None:
    open_answer(page)
    page.keyboard.press("n")
    page.wait_for_selector("#notes-note textarea:visible")


def select_two(page: Page) -> None:
    for place in (0, 1):
        page.locator("[name=slug]").nth(place).check()
    page.wait_for_selector(".bulk:visible")


def spread(page: Page) -> None:
    if page.locator("text=Stop spreading").count() == 0:
        page.click("text=Over 3 days")
    page.wait_for_selector("text=Stop spreading")


def again(page: Page) -> None:
    """The grade that makes a leech; after that, the notice is there until the next answer."""
    if page.locator("#review-leech").count() == 0:
        open_answer(page)
        page.click("[data-key='1']")
    page.wait_for_selector("#review-leech")


def conversation(title: str) -> Callable[[Page], None]:
    def opened(page: Page) -> None:
        page.click(f".conversations .row:has-text('{title}')")
        page.wait_for_selector(".message")

    return opened


def worded(title: str) -> Callable[[Page], None]:
    """Its page as it is where there is a model: drawn here, since the server has none."""

    def opened(page: Page) -> None:
        conversation(title)(page)
        here = urlsplit(page.url).path
        html = _with_model(here)
        page.route(f"**{here}", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.reload()
        page.wait_for_selector(".message[data-wording]")

    return opened


def coming(page: Page) -> None:
    """A model that has said a few words and thinks about the rest."""
    said = event("piece", text="Rotary encodings turn queries and keys by an angle") + event(
        "piece", text=" that grows with the position, so that"
    )
    page.route("**/words/", lambda route: route.fulfill(body=said, content_type=EVENT_STREAM))
    page.route(
        "**/assistant/m/*/", lambda route: route.fulfill(body='<p data-wording="writing"></p>')
    )
    worded(COMING)(page)
    page.wait_for_selector(".message-coming:has-text('so that')")


def _with_model(address: str) -> bytes:
    learner = Conversation.objects.get(pk=int(address.split("/")[-2])).learner
    client = Client(SERVER_NAME="localhost")
    client.force_login(learner, "cards.accounts.LearnerBackend")
    with override_settings(LLM_BASE_URL="http://127.0.0.1:9/v1", LLM_MODEL="small"):
        return client.get(address).content


def title_error(page: Page) -> None:
    conversation("Why are positional")(page)
    page.click("summary:has-text('Rename')")
    page.evaluate("for (const form of document.forms) form.noValidate = true")
    page.fill("#assistant-title", " ")
    page.click("text=Save the title")
    page.wait_for_selector(".errors")


def refused(page: Page) -> None:
    """As without script."""
    page.eval_on_selector("#assistant-text", "field => field.removeAttribute('maxlength')")
    page.fill("#assistant-text", "why so many words? " * 120)
    page.evaluate("document.querySelector('#assistant-form').submit()")
    page.wait_for_selector(".notice-warning")


def ask_in_panel(page: Page) -> None:
    page.click("#assistant-panel > summary")
    page.click("#assistant-panel .suggestion-button >> nth=0")
    page.wait_for_selector("#assistant-messages .message")


def ask_in_review(page: Page) -> None:
    open_answer(page)
    ask_in_panel(page)


def hints(page: Page) -> None:
    while page.locator(".before .hint:not([open]) > summary:visible").count():
        page.locator(".before .hint:not([open]) > summary:visible").first.click()


def attempt(text: str) -> Callable[[Page], None]:
    def written(page: Page) -> None:
        page.fill("#attempt", text)
        judge(page)

    return written


def opinion(text: str) -> Callable[[Page], None]:
    def asked(page: Page) -> None:
        attempt(text)(page)
        page.click("#opinion-ask")
        page.wait_for_selector("#opinion-said:has-text('second opinion'), .said-trouble")

    return asked


def probe(times: int) -> Callable[[Page], None]:
    def asked(page: Page) -> None:
        attempt("It predicts the next token.")(page)
        for number in range(1, times + 1):
            page.click("#probe-ask")
            page.fill(f"#probe-{number}", "Less than one would think.")

    return asked


def without_script(address: str) -> Callable[[Page], None]:
    """Send the form of the review there, as a browser without script does."""

    def sent(page: Page) -> None:
        attempt("It predicts the next token.")(page)
        page.evaluate(f"""() => {{
            const form = document.querySelector("#review-form");
            form.action = form.action.replace("grade", "{address}");
            HTMLFormElement.prototype.submit.call(form);
        }}""")
        page.wait_for_selector("h2:has-text('Your attempt')")

    return sent
