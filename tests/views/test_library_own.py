"""Versions, copies, own categories and the question page, as pages."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cards.models import Card, Category, Learner, Question, ReviewLog
from cards.services.bank import content_of, entry_of
from cards.services.library import change_question, create_category
from cards.services.review import bury_card, suspend_card, undo_review
from tests.answers import answer
from tests.conftest import MORNING
from tests.views.test_safety import own_question

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _text(client: Client, address: str, after: timedelta = DAY) -> str:
    with time_machine.travel(MORNING + after, tick=False):
        return " ".join(client.get(address).content.decode().split())


def test_the_question_page_says_why_and_what_each_grade_would_set(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING)
    address = f"/library/q/{bank[0].slug}/"
    today = _text(as_sam, address)
    assert "Why is this due today?" in today
    assert "It is due today. On 2 March 2026 you answered Good" in today
    assert "What each grade would set today" in today
    with time_machine.travel(MORNING + DAY, tick=False):
        page = as_sam.get(address).context["page"]
        review = as_sam.get(f"/review/?question={bank[0].slug}").context["turn"]
    assert page.next_dates.outcomes == review.outcomes, "the same as the buttons"
    early = _text(as_sam, address, timedelta(hours=1))
    assert "Why on this date?" in early
    assert "What each grade would set on 3 March 2026" in early
    new = _text(as_sam, f"/library/q/{bank[2].slug}/")
    assert "When does it come?" in new
    assert "One other new question comes first." in new


def test_a_limit_that_is_reached_is_the_reason(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    answer(sam, 4, at=MORNING)
    sam.settings.reviews_per_day = 0
    sam.settings.new_per_day = 0
    sam.settings.save()
    assert "limit of reviews has been reached" in _text(as_sam, f"/library/q/{bank[0].slug}/")
    assert "new questions have all been asked" in _text(as_sam, f"/library/q/{bank[1].slug}/")


def test_an_answer_after_midnight_counts_for_the_study_day_and_says_so(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    night = MORNING + timedelta(hours=16)  # one in the morning of 3 March
    answer(sam, 4, at=night)
    text = _text(as_sam, f"/library/q/{bank[0].slug}/", timedelta(hours=17))
    assert "On 2 March 2026 you answered Good (after midnight" in text
    assert "Your study day of 2 March 2026 lasts until 04:00." in text


def test_the_history_holds_every_event_and_a_chart(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    slug = bank[0].slug
    Question.objects.exclude(pk=bank[0].pk).update(archived_at=MORNING)
    for days, quality in ((0, 4), (1, 5), (7, 3)):
        answer(sam, quality, at=MORNING + days * DAY)
    answer(sam, 4, at=MORNING + 7 * DAY)  # a repeat
    at = MORNING + 8 * DAY
    bury_card(sam, slug, Card.objects.get().version, at=at)
    undo_review(sam, ReviewLog.objects.latest("pk").pk, at=at)
    suspend_card(sam, slug, Card.objects.get().version, at=at)
    text = _text(as_sam, f"/library/q/{slug}/", 8 * DAY)
    assert "Buried</td> <td>bury, <strong>undone</strong>" in text
    assert "Suspended" in text
    assert "repeat" in text
    assert 'role="img"' in text
    assert "3 answers from 2 March 2026 on; the longest interval is 15 days." in text
    assert "2 Mar: Good, 1 day. 3 Mar: Easy, 6 days. 9 Mar: Hard, 15 days." in text


def test_one_answer_makes_no_chart_and_no_answer_no_table(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    address = f"/library/q/{bank[0].slug}/"
    assert "You have not answered this one yet" in _text(as_sam, address)
    answer(sam, 4, at=MORNING)
    text = _text(as_sam, address)
    assert "history-chart" not in text
    assert "learn" in text


def test_a_point_reworded_since_is_marked_here_in_the_review_and_nowhere_else(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    mine = own_question(sam)
    Question.objects.exclude(pk=mine.pk).update(archived_at=MORNING)
    answer(sam, 4, at=MORNING, judged={mine.points[0]["id"]: 2})
    entry = entry_of(content_of(mine))
    points = tuple(type(p)(p.id, "Reworded.", essential=True) for p in entry.key_points)
    changed = type(entry)(
        **{n: getattr(entry, n) for n in entry.__slots__} | {"key_points": points}
    )
    change_question(sam, mine.slug, changed, "fundamentals", mine.version, at=MORNING + DAY)
    page = _text(as_sam, f"/library/q/{mine.slug}/", 2 * DAY)
    assert "changed on 3 Mar" in page
    assert "It is mine." in page
    review = _text(as_sam, "/review/", 2 * DAY)
    assert "changed on 3 Mar" in review
    answer(sam, 4, at=MORNING + 2 * DAY, judged={mine.points[0]["id"]: 2})
    assert "changed on" not in _text(as_sam, f"/library/q/{mine.slug}/", 2 * DAY)


def test_a_drill_asks_with_the_cue_of_its_point(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    mine = own_question(sam)
    Question.objects.exclude(pk=mine.pk).update(archived_at=MORNING)
    mine.points[0]["cue"] = "Whose is it?"
    mine.save()
    answer(sam, 1, at=MORNING, judged={mine.points[0]["id"]: 0})
    text = _text(as_sam, "/review/", timedelta(0))
    assert "Whose is it?" in text
    assert "Point 1 of 1" not in text


def test_versions_are_for_all_who_see_the_question_and_restoring_for_its_owner(
    as_sam: Client, as_kim: Client, sam: Learner, bank: list[Question]
) -> None:
    mine = own_question(sam)
    base = reverse("library_versions", args=[mine.slug])
    assert "It has never been changed" in _text(as_sam, base)
    assert _text(as_kim, reverse("library_versions", args=[bank[0].slug]))
    entry = entry_of(content_of(mine))
    changed = type(entry)(**{n: getattr(entry, n) for n in entry.__slots__} | {"prompt": "Ours?"})
    change_question(sam, mine.slug, changed, "fundamentals", 1, at=MORNING)
    text = _text(as_sam, base)
    assert "<del>What is mine?</del>" in text
    assert "Restore" in text
    assert as_kim.get(base).status_code == 404
    assert as_kim.post(base + "restore/", {"version": "1"}).status_code == 404
    for wrong in ({}, {"version": "x"}, {"version": "9"}, {"version": "9" * 30}):
        assert as_sam.post(base + "restore/", wrong).status_code == 404
    shown = as_sam.post(base + "restore/", {"version": "1"}, follow=True).content.decode()
    assert "Version 1 is what the question says now." in shown
    again = as_sam.post(base + "restore/", {"version": "1"}, follow=True).content.decode()
    assert "says what version 1 said already" in again
    mine.refresh_from_db()
    assert (mine.prompt, mine.version) == ("What is mine?", 3)
    shared = reverse("library_version_restore", args=[bank[0].slug])
    assert as_sam.post(shared, {"version": "1"}).status_code == 404


def test_a_copy_is_made_once_and_opens_in_its_editor(
    as_sam: Client, as_kim: Client, sam: Learner, bank: list[Question]
) -> None:
    address = reverse("library_duplicate", args=[bank[0].slug])
    assert address in _text(as_sam, f"/library/q/{bank[0].slug}/")
    assert "Make my copy" in _text(as_sam, address)
    assert not Question.objects.filter(owner=sam).exists()
    first = as_sam.post(address + "?from=review", {"leave_out": "on"}, follow=True)
    assert first.redirect_chain[0][0].endswith("/edit/?from=review")
    text = first.content.decode()
    assert "This is your copy." in text
    assert "The shared question is not asked any more." in text
    again = as_sam.post(address, {}, follow=True).content.decode()
    assert "You have a copy: this." in again
    assert Question.objects.filter(owner=sam).count() == 1
    assert "To your copy" in _text(as_sam, f"/library/q/{bank[0].slug}/")
    assert "To your copy" not in _text(as_kim, f"/library/q/{bank[0].slug}/")


def test_a_full_account_makes_no_copy(
    as_sam: Client, bank: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cards.services.library.write.MAX_OWN_QUESTIONS", 0)
    response = as_sam.post(reverse("library_duplicate", args=[bank[0].slug]))
    assert response.status_code == 400
    assert "Nothing was stored" in response.content.decode()


def test_the_review_leads_to_a_copy_of_a_shared_question(
    as_sam: Client, bank: list[Question]
) -> None:
    address = reverse("library_duplicate", args=[bank[0].slug]) + "?from=review"
    assert f'id="review-edit" class="button button-quiet" href="{address}"' in _text(
        as_sam, "/review/"
    )


def test_archiving_and_restoring_brings_the_schedule_back_as_it_was(
    as_sam: Client, as_kim: Client, sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    mine = own_question(sam)
    Question.objects.exclude(pk=mine.pk).update(archived_at=MORNING)
    answer(sam, 4, at=MORNING)
    card = Card.objects.values().get()
    base = f"/library/q/{mine.slug}/"
    for act in ("archive/", "restore/"):
        assert as_kim.post(base + act).status_code == 404
    as_sam.post(base + "archive/")
    assert "It is archived" in _text(as_sam, base)
    assert mine.prompt not in _text(as_sam, "/review/")
    as_sam.post(base + "restore/")
    assert Card.objects.values().get() == card
    assert mine.prompt in _text(as_sam, "/review/")


def test_categories_are_made_changed_and_deleted(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    base = "/library/categories/"
    assert "You have none yet" in _text(as_sam, base)
    as_sam.post(base, {"name": "<b>Mine</b>", "hue": "30"})
    text = _text(as_sam, base)
    assert "&lt;b&gt;Mine" in text
    assert "hue-own-1" in text
    slug = Category.objects.get(owner=sam).slug
    assert f'<option value="{slug}"' in _text(as_sam, "/library/")
    assert f'<option value="{slug}"' in _text(as_sam, "/exchange/")
    as_sam.post(f"{base}{slug}/", {"name": "Renamed", "hue": "60"})
    assert "Renamed" in _text(as_sam, base)
    mine = own_question(sam)
    change_question(sam, mine.slug, entry_of(content_of(mine)), slug, 1, at=MORNING)
    refused = as_sam.post(f"{base}{slug}/delete/", follow=True).content.decode()
    assert "move its question first" in refused
    for address in ("/", "/progress/", "/library/", f"/library/q/{mine.slug}/"):
        answer(sam, 4, at=MORNING) if address == "/progress/" else None
        assert "hue-own-2" in _text(as_sam, address), address
    change_question(sam, mine.slug, entry_of(content_of(mine)), "research", 2, at=MORNING)
    as_sam.post(f"{base}{slug}/delete/")
    assert not Category.objects.filter(owner=sam).exists()


@pytest.mark.parametrize(
    "wrong",
    [{}, {"name": "", "hue": "0"}, {"name": "x" * 81, "hue": "0"}, {"name": "x", "hue": "7"},
     {"name": "x", "hue": "red"}, {"name": "a\x00", "hue": "0"},
     {"name": "Fundamentals", "hue": "0"}],
)  # fmt: skip
def test_a_category_that_cannot_be_is_400(
    as_sam: Client, sam: Learner, bank: list[Question], wrong: dict[str, str]
) -> None:
    mine = create_category(sam, "Mine", 0)
    for address in ("/library/categories/", f"/library/categories/{mine.slug}/"):
        response = as_sam.post(address, wrong)
        assert response.status_code == 400
        assert 'class="errors"' in response.content.decode()
    mine.refresh_from_db()
    assert (mine.name, Category.objects.filter(owner=sam).count()) == ("Mine", 1)


def test_a_category_of_another_is_404(
    as_kim: Client, as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    mine = create_category(sam, "Mine", 0)
    base = f"/library/categories/{mine.slug}/"
    assert as_kim.post(base, {"name": "Stolen", "hue": "0"}).status_code == 404
    assert as_kim.post(base, {}).status_code == 404
    assert as_kim.post(base + "delete/").status_code == 404
    for page in ("/", "/library/", "/library/new/", "/library/categories/", "/exchange/"):
        assert mine.slug not in _text(as_kim, page), page
    assert Category.objects.filter(pk=mine.pk, name="Mine").exists()
