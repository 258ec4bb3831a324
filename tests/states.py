"""Every state of every screen, one line each: what axe reads and `make screenshots` shows.

A new state is a line in STATES: its name, who is signed in, the address, and what to do there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page

from cards.integrations.trouble import ModelError, Trouble
from cards.models import Learner, Message, Question, SecondOpinion
from cards.services.assistant import Asking, ask_and_keep
from cards.services.assistant.wording import STOPPED
from cards.services.bank import BankPoint, BankQuestion
from cards.services.library import write_question
from cards.services.readiness import add_days_off, close_interview, record_for
from cards.services.review import Choice, Way, grade_card, next_turn, start_session
from tests import acts
from tests.answers import answer, submission
from tests.studying import meet, study_date

PASSWORD = "a long and quiet password"
VISITOR, NEW, FULL, DONE = "", "new", "full", "done"
UNDO, DRILL, ODD, STAFF = "undo", "drill", "odd", "staff"
SESSION, BACK, LEECH = "session", "back", "leech"
SHORT, OVER, TOLD, PLAN = "short", "over", "told", "plan"
MODEL = "model"  # for whose pages there is a language model
WORD = "pneumono" * 63  # 504 characters without a break
SAID = f"It predicts the next token, and training sets its weights. {WORD[:320]}"
NO_DRAFTS = """try {
  for (const key of Object.keys(localStorage)) {
    if (/^(draft|edit):/.test(key)) localStorage.removeItem(key);
  }
} catch { /* no storage */ }"""
ARABIC = "كيف يعمل الانتباه الذاتي `softmax(QKᵀ/√d)` في المحوّلات؟"


@dataclass(frozen=True, slots=True)
class State:
    """One screen as somebody meets it."""

    name: str
    who: str
    path: str
    act: Callable[[Page], Any] | None = None


WORDED = {
    "done": "What does attention compare?",
    "stopped": "How does a tokenizer split words?",
    "failed": "What is quantization good for?",
}
STATES = [
    State("welcome", VISITOR, "/"),
    State("sign-in", VISITOR, "/account/login/"),
    State("sign-in-error", VISITOR, "/account/login/", acts.wrong("[name=login]", "nobody")),
    State("sign-up", VISITOR, "/account/signup/"),
    State("reset", VISITOR, "/account/password/reset/"),
    State("reset-sent", VISITOR, "/account/password/reset/", acts.reset_sent),
    State("not-found", VISITOR, "/nowhere/"),
    State("offline", VISITOR, "/offline/"),
    *(State(f"trouble-{code}", FULL, "/help/", acts.trouble(code)) for code in
      ("400", "403", "403_csrf", "429", "500", "503")),
    State("first-today", NEW, "/"),
    State("first-review", NEW, "/review/"),
    State("first-progress", NEW, "/progress/"),
    State("first-cram", NEW, "/export/cram/"),
    State("today", FULL, "/"),
    State("menu", FULL, "/", acts.unfold(".menu")),
    State("review", FULL, "/review/"),
    State("review-keys", FULL, "/review/", acts.keys),
    State("review-card-menu", FULL, "/review/", acts.unfold("#review-more", "#notes-flag")),
    State("review-note", FULL, "/review/", acts.note),
    State("review-answer", FULL, "/review/", acts.open_answer),
    State("review-judged", FULL, "/review/", acts.judge),
    State("review-stale", FULL, "/review/", acts.stale),
    State("library", FULL, "/library/"),
    State("library-found", FULL, "/library/?q=attention+heads"),
    State("library-nothing-found", FULL, "/library/?q=zebra&state=mature"),
    State("library-empty", FULL, "/library/?mine=on"),
    State("library-selected", FULL, "/library/", acts.select_two),
    State("library-question", FULL, "/library/q/role-of-attention/"),
    State("library-new", FULL, "/library/new/"),
    State("library-preview", FULL, "/library/new/", acts.write),
    State("library-new-error", FULL, "/library/new/", acts.wrong("[name=minutes]", "0")),
    State("library-categories", FULL, "/library/categories/"),
    State("library-versions", FULL, "/library/q/role-of-attention/versions/"),
    State("library-duplicate", FULL, "/library/q/role-of-attention/duplicate/"),
    State("progress", FULL, "/progress/"),
    State("readiness", FULL, "/readiness/", acts.unfold("#readiness-days .more")),
    State("readiness-first", NEW, "/readiness/"),
    State("readiness-short", SHORT, "/readiness/", acts.unfold("#readiness-verdict .more")),
    State("readiness-error", SHORT, "/readiness/",
          acts.wrong("[name=minutes_per_day]", "0", "#readiness-wishes button")),
    State("readiness-over", OVER, "/readiness/"),
    State("readiness-past", TOLD, "/readiness/"),
    State("today-interview-over", OVER, "/"),
    State("review-plan", PLAN, "/review/"),
    State("assistant-first", NEW, "/assistant/"),
    State("assistant", FULL, "/assistant/"),
    State("assistant-nothing-found", FULL, "/assistant/?q=zebra"),
    State("assistant-conversation", FULL, "/assistant/", acts.conversation("Why are positional")),
    State("assistant-off-topic", FULL, "/assistant/", acts.conversation("Which zebra")),
    *(State(f"assistant-{name}", FULL, "/assistant/", acts.worded(title))
      for name, title in WORDED.items()),
    State("assistant-coming", FULL, "/assistant/", acts.coming),
    State("assistant-title-error", FULL, "/assistant/", acts.title_error),
    State("assistant-refused", FULL, "/assistant/", acts.refused),
    State("assistant-panel", FULL, "/library/q/role-of-attention/", acts.ask_in_panel),
    State("assistant-panel-review", FULL, "/review/", acts.ask_in_review),
    State("review-hints", FULL, "/review/", acts.hints),
    State("exchange", FULL, "/exchange/"),
    State("exchange-error", FULL, "/exchange/", acts.nothing_chosen),
    State("cram", FULL, "/export/cram/"),
    State("settings", FULL, "/settings/"),
    State("settings-error", FULL, "/settings/", acts.wrong("[name=new_per_day]", "-1")),
    State("password-change", FULL, "/account/password/change/"),
    State("help", FULL, "/help/"),
    State("today-ways", FULL, "/", acts.unfold("#today-ways", "#today-limits")),
    State("today-session", SESSION, "/"),
    State("review-session", SESSION, "/review/"),
    State("today-backlog", BACK, "/"),
    State("today-spread", BACK, "/", acts.spread),
    State("review-leech", LEECH, "/review/", acts.again),
    State("library-leech", LEECH, "/library/q/what-is-an-llm/"),
    State("today-nothing-due", DONE, "/"),
    State("review-done", DONE, "/review/"),
    State("review-undone", UNDO, "/review/", acts.undo),
    State("review-drill", DRILL, "/review/", acts.drill),
    State("review-long", ODD, "/review/?question=long", acts.open_answer),
    State("review-right-to-left", ODD, "/review/?question=arabic", acts.judge),
    State("review-edit", ODD, "/review/?question=arabic", acts.edit),
    State("review-no-points", ODD, "/review/?question=bare", acts.open_answer),
    State("library-long", ODD, "/library/q/long/"),
    State("library-right-to-left", ODD, "/library/q/arabic/"),
    State("library-odd", ODD, "/library/?mine=on"),
    State("edit-long", ODD, "/library/q/long/edit/"),
    State("cram-long", ODD, "/export/cram/"),
    State("review-opinion-offered", MODEL, "/review/", acts.attempt(SAID)),
    State("review-opinion", MODEL, "/review/", acts.opinion(SAID)),
    State("review-opinion-trouble", MODEL, "/review/", acts.opinion("Here the model fails.")),
    State("review-opinion-plain", MODEL, "/review/", acts.without_script("opinion")),
    State("review-probe", MODEL, "/review/", acts.probe(1)),
    State("review-probe-last", MODEL, "/review/", acts.probe(3)),
    State("review-probe-plain", MODEL, "/review/", acts.without_script("probe")),
    State("staff-edit", STAFF, "/admin/cards/question/", acts.first_question),
    State("staff-missed", STAFF, "/admin/cards/question/missed/"),
    State("staff-preview", STAFF, "/admin/cards/question/", acts.preview),
]  # fmt: skip


def people(at: datetime) -> dict[str, Learner]:
    """Make everybody whose screens are shown; the bank must be there."""
    call_command("demo", stdout=StringIO())
    full = Learner.objects.get(email="demo@example.com")
    made = {FULL: full} | {
        who: Learner.objects.create_user(f"{who}@example.org", PASSWORD, name="Ada")
        for who in (
            NEW,
            DONE,
            UNDO,
            DRILL,
            ODD,
            STAFF,
            SESSION,
            BACK,
            LEECH,
            SHORT,
            OVER,
            TOLD,
            PLAN,
            MODEL,
        )
    }
    for who in (DONE, UNDO, DRILL, LEECH):
        made[who].settings.new_per_day = 1
        made[who].settings.save()
    for who in (DONE, UNDO):
        answer(made[who], 5, at=at)
    turn = next_turn(made[DRILL], at=at)
    assert turn.question
    first = ask_and_keep(full, Asking(uuid4(), "Why are positional encodings needed?"), at=at)
    on = Asking(uuid4(), "How do rotary ones generalise to longer contexts?", first.conversation_id)
    ask_and_keep(full, on, at=at)
    zebra = Asking(uuid4(), f"Which zebra won the song contest, {WORD[:90]}?")
    ask_and_keep(full, zebra, at=at)
    _worded(full, at)
    answer(made[DRILL], 3, at=at, judged={turn.question.points[0]["id"]: 0})
    _odd_questions(made[ODD], at)
    bank = list(Question.objects.filter(owner=None).order_by("introduction_rank"))
    start_session(made[SESSION], Choice(Way.TIME, minutes=20), at=at)
    meet(made[BACK], bank[:30], study_date(made[BACK], at), due_in=-6)
    meet(made[LEECH], bank[:1], study_date(made[LEECH], at), lapses=7)
    _interviews(made, at)
    _opinions(full, bank[0], study_date(full, at), at)
    made[STAFF].is_staff = True
    made[STAFF].save()
    return made


def _worded(learner: Learner, at: datetime) -> None:
    """Answers that a model has written, was stopped at, had trouble with, and has not begun."""
    for state, title in (*WORDED.items(), ("waiting", acts.COMING)):
        pk = ask_and_keep(learner, Asking(uuid4(), title), at=at).pk
        changes: dict[str, Any] = {"wording": state}
        if state == "done":
            words = f"Attention compares every token with all others [1].\n\nSome say {WORD}."
            changes |= {"mode": "model", "words": words, "cited": [1], "dropped": ["[9]", "[12]"]}
            changes |= {"uncited": [f"Some say {WORD}.", "Nobody knows why it works so well."]}
        if state in {"failed", "stopped"}:
            changes["trouble"] = str(ModelError(Trouble.BUSY)) if state == "failed" else STOPPED
        Message.objects.filter(pk=pk).update(**changes)


def _interviews(made: dict[str, Learner], at: datetime) -> None:
    """Too near, over, told about, and one whose plan is being studied."""
    on = study_date(made[SHORT], at)
    for who, days in ((SHORT, 5), (OVER, -1), (TOLD, -1), (PLAN, 30)):
        made[who].settings.interview_on = on + timedelta(days=days)
        made[who].settings.save()
    add_days_off(made[SHORT], on + timedelta(days=2), on + timedelta(days=2))
    close_interview(made[TOLD], 3, ["Why does attention scale badly?", ARABIC, WORD], at=at)
    start_session(made[PLAN], Choice(Way.PLAN), at=at)
    for ago in range(20, -1, -1):
        for learner in (made[FULL], made[PLAN]):
            record_for(learner, at=at - timedelta(days=ago))


def _opinions(learner: Learner, question: Question, on: date, at: datetime) -> None:
    """Some of this month and one of long ago, for the agreement over time."""
    ids = [str(point["id"]) for point in question.points]
    for ago, ticks in ((0, (2, 0)), (3, (2, 1)), (40, (0, 0))):
        SecondOpinion.objects.create(
            learner=learner, question=question, submission_id=uuid4(), asked_at=at,
            study_date=on - timedelta(days=ago),
            words=dict(zip(ids, ("said", "not said"), strict=False)),
            ticks=dict(zip(ids, ticks, strict=False)),
        )  # fmt: skip


def _odd_questions(learner: Learner, at: datetime) -> None:
    """Long, unbroken, from right to left, and with nothing but a prompt."""
    long = f"{WORD} and " + "why would anybody ask so much at once? " * 38
    answer_text = f"{WORD}\n\n" + "A sentence of some length, and `code` in it. " * 200
    points = tuple(BankPoint(f"p{n}", f"Point {n}: {WORD[:200]} holds.", n < 3) for n in range(20))
    _own(learner, "long", long[:2000], answer_text + f"\n\n```\n{WORD}\n```\n", points, at)
    arabic = (
        "يقارن كل رمز بكل الرموز `O(n²)`.",
        "الأوزان من softmax.",
        "نقطة مع attention.",
        "لا.",
    )
    rtl = tuple(BankPoint(f"a{n}", words, n == 0) for n, words in enumerate(arabic))
    text = f"{ARABIC}\n\n```python\nx = softmax(q @ k.T)\n```\n\n- أولًا\n- ثانيًا\n"
    _own(learner, "arabic", ARABIC, text, rtl, at)
    _own(learner, "bare", "What is there to say?", "", (), at)
    before = at - timedelta(days=3)
    turn = next_turn(learner, at=before, wanted="long")
    assert turn.question
    sent = submission(turn, 4, attempt=f"{WORD} said at length. " * 38)
    grade_card(learner, "long", sent, at=before)


def _own(
    learner: Learner, slug: str, prompt: str, text: str, points: tuple[BankPoint, ...], at: datetime
) -> None:
    entry = BankQuestion(
        slug="", prompt=prompt, answer=text, level=2, minutes=3, hint="", key_points=points,
        misconceptions=[], follow_ups=[], references=[], related=[], checked_on=None,
    )  # fmt: skip
    question = write_question(learner, entry, "fundamentals", at=at)
    rank = {"long": 0, "arabic": 1, "bare": 2}[slug]
    Question.objects.filter(pk=question.pk).update(slug=slug, introduction_rank=rank)


def sign_in(context: BrowserContext, base: str, learner: Learner) -> None:
    """Give the browser a session, as a sign-in would; no page finds a draft of another state."""
    context.add_init_script(NO_DRAFTS)
    session = SessionStore()
    session[SESSION_KEY] = str(learner.pk)
    session[BACKEND_SESSION_KEY] = "cards.accounts.LearnerBackend"
    session[HASH_SESSION_KEY] = learner.get_session_auth_hash()
    session.save()
    context.add_cookies([{"name": "session", "value": str(session.session_key), "url": base}])


def reach(page: Page, base: str, state: State) -> None:
    """Bring the page into this state."""
    page.goto(base + state.path)
    page.wait_for_load_state("load")
    if state.act:
        state.act(page)
