"""Without a connection: said kindly, nothing private kept, and back by itself."""

from typing import Any

import pytest

from cards.models import Learner, Question

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser-offline"),
    pytest.mark.django_db(transaction=True),
]
KEPT = """async () => {
    const found = [];
    for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys())
            found.push(new URL(request.url).pathname);
    return found;
}"""


def test_going_offline_says_so_and_the_page_comes_back_with_the_connection(
    open_browser: Any, sam: Learner, bank: list[Question]
) -> None:
    person = open_browser(service_workers="allow")
    page = person.sign_in(sam.email)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    person.go("/progress/")
    person.go("/library/")
    person.context.set_offline(True)
    page.click("nav >> text=Progress")
    page.wait_for_selector("text=You are offline")
    assert page.url.endswith("/progress/")
    font = page.evaluate("document.fonts.load('16px Inter').then(found => found.length)")
    assert font == 1
    kept = page.evaluate(KEPT)
    assert "/offline/" in kept
    assert [path for path in kept if not path.startswith("/static/")] == ["/offline/"]
    person.context.set_offline(False)
    page.wait_for_selector("h1:has-text('Progress')")
