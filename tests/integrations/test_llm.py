"""A model's server, well and badly behaved: what comes, what is said, and what never leaks."""

import logging
import socket
import sys
import traceback
from time import monotonic, sleep

import pytest
from pytest_django import Settings

from cards.assistant.prompt import SYSTEM, USER, Message
from cards.integrations.llm import MOST_CHARACTERS, Answer, Usage, stream
from cards.integrations.trouble import ModelError, Trouble
from cards.integrations.which import LlmSettings
from tests.model_server import KEY, Talk, Turn, answering, dribbling, failing, serving

ASKED = (Message(SYSTEM, "Be brief."), Message(USER, "What is attention?"))


def _ask(url: str, use: Settings) -> Answer:
    use.LLM_BASE_URL = url
    return stream(ASKED, max_tokens=100)


def _trouble(turn: Turn, use: Settings) -> ModelError:
    """Return the error, after looking whether it tells what it must not."""
    with serving(turn) as server:
        answer = _ask(server.url, use)
        with pytest.raises(ModelError) as caught:
            list(answer)
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None
    told = f"{error}{error!r}{''.join(traceback.format_exception(error))}"
    assert KEY not in told
    assert server.url not in told
    assert "openai" not in told
    return error


def test_the_pieces_come_as_they_are_sent_with_the_servers_count(use: Settings) -> None:
    with serving(answering("It ", "weighs ", "tokens.", tokens=(12, 5))) as server:
        answer = _ask(server.url, use)
        assert list(answer) == ["It ", "weighs ", "tokens."]
    usage = answer.usage
    assert (usage.tokens_in, usage.tokens_out, usage.is_estimated) == (12, 5, False)
    assert usage.seconds > 0
    assert not answer.is_cut
    body = server.asked[0]
    assert body["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "What is attention?"},
    ]
    assert (body["model"], body["max_tokens"], body["stream"]) == ("small", 100, True)
    assert server.keys == [f"Bearer {KEY}"]


@pytest.mark.parametrize("tokens", [(None, None), (-1, 5), ("12", "5"), (True, 5), (10**9, 1)])
def test_without_a_count_that_makes_sense_it_is_estimated(
    tokens: tuple[object, object], use: Settings
) -> None:
    with serving(answering("12345678", "9", tokens=tokens)) as server:
        answer = _ask(server.url, use)
        list(answer)
    seconds = answer.usage.seconds
    assert answer.usage == Usage(tokens_in=8, tokens_out=3, seconds=seconds, is_estimated=True)


def test_nothing_is_sent_before_the_first_piece_is_asked_for(use: Settings) -> None:
    with serving(answering("x")) as server:
        _ask(server.url, use).close()
        assert server.asked == []


def test_a_first_byte_that_does_not_come_is_too_slow(use: Settings) -> None:
    use.LLM_TIMEOUTS = (0.5, 0.2, 5.0)
    started = monotonic()
    assert _trouble(lambda _: sleep(1), use).kind == Trouble.TOO_SLOW
    assert monotonic() - started < 3


def test_a_head_without_a_first_word_is_too_slow(use: Settings) -> None:
    def turn(talk: Talk) -> None:
        talk.begin()
        sleep(1)

    use.LLM_TIMEOUTS = (0.5, 0.2, 5.0)
    assert _trouble(turn, use).kind == Trouble.TOO_SLOW


def test_an_answer_that_never_ends_is_ended(use: Settings) -> None:
    use.LLM_TIMEOUTS = (0.5, 1.0, 0.4)
    started = monotonic()
    assert _trouble(dribbling, use).kind == Trouble.TOO_SLOW
    assert monotonic() - started < 2


def test_a_line_kept_open_by_comments_is_ended_all_the_same(use: Settings) -> None:
    def turn(talk: Talk) -> None:
        talk.begin()
        for _ in range(200):
            talk.wfile.write(b": still working\n\n")
            sleep(0.02)

    use.LLM_TIMEOUTS = (0.5, 1.0, 0.4)
    started = monotonic()
    assert _trouble(turn, use).kind == Trouble.TOO_SLOW
    assert monotonic() - started < 2


@pytest.mark.parametrize("finish", [False, True])
def test_a_stream_that_is_cut_is_told_from_one_that_ended(finish: bool, use: Settings) -> None:
    def turn(talk: Talk) -> None:
        talk.begin(Transfer_Encoding="chunked") if finish else talk.begin()
        if finish:
            data = b'data: {"choices": [{"delta": {"content": "It"}}]}\n\n'
            talk.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        else:
            talk.say("It weighs")

    assert _trouble(turn, use).kind == Trouble.CUT_OFF


@pytest.mark.parametrize(
    ("header", "wait", "said"),
    [
        ({"Retry_After": "20"}, 20, "in 20 seconds."),
        ({"Retry_After": "1"}, 1, "in 1 second."),
        ({"Retry_After": "120"}, 120, "in 2 minutes."),
        ({"Retry_After": "Wed, 21 Oct 2026 07:28:00 GMT"}, None, "in a minute."),
        ({"Retry_After": "999999999"}, 86_400, "in 1440 minutes."),
        ({}, None, "in a minute."),
    ],
)
def test_a_busy_server_says_when_to_come_back(
    header: dict[str, str], wait: int | None, said: str, use: Settings
) -> None:
    error = _trouble(failing(429, **header), use)
    assert (error.kind, error.retry_after) == (Trouble.BUSY, wait)
    assert said in str(error)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (500, Trouble.BROKEN), (503, Trouble.BROKEN), (401, Trouble.WRONG_KEY),
        (403, Trouble.WRONG_KEY), (404, Trouble.REFUSED), (400, Trouble.REFUSED),
        (302, Trouble.REFUSED), (408, Trouble.TOO_SLOW), (504, Trouble.TOO_SLOW),
    ],
)  # fmt: skip
def test_each_status_is_told_in_its_own_words(status: int, kind: Trouble, use: Settings) -> None:
    assert _trouble(failing(status, Location="http://127.0.0.1:9/"), use).kind == kind


def _raw(*events: object) -> Turn:
    def turn(talk: Talk) -> None:
        talk.begin()
        for one in events:
            talk.event(one)

    return turn


@pytest.mark.parametrize(
    "events",
    [
        ("{not json",), ("[1, 2]",), ('"text"',), ("null",), ("7",), (b"\xff".decode("latin-1"),),
        ({"choices": [{"delta": {"content": 7}}]},), ({"choices": 7},), ({"choices": ["x"]},),
        ({"choices": [{"delta": "x"}]},), ({"choices": [{"delta": {"content": {"a": 1}}}]},),
        ({"choices": None}, "[DONE]"), ("[DONE]",), ({"usage": 7}, "[DONE]"),
        ({"choices": [{"delta": {"content": ""}, "finish_reason": "stop"}]}, "[DONE]"),
    ],
)  # fmt: skip
def test_garbage_is_nonsense(events: tuple[object, ...], use: Settings) -> None:
    assert _trouble(_raw(*events), use).kind == Trouble.NONSENSE


def test_a_page_instead_of_a_stream_is_nonsense(use: Settings) -> None:
    def turn(talk: Talk) -> None:
        talk.begin(Content_Type="text/html")
        talk.wfile.write(b"<html>Sign in to the hotel's network</html>")

    assert _trouble(turn, use).kind == Trouble.NONSENSE


def test_an_error_in_the_middle_of_a_stream_is_the_servers(use: Settings) -> None:
    turn = _raw({"choices": [{"delta": {"content": "It"}}]}, {"error": {"message": KEY}})
    assert _trouble(turn, use).kind == Trouble.BROKEN


def test_a_huge_answer_is_cut_and_the_server_is_hung_up_on(use: Settings) -> None:
    def turn(talk: Talk) -> None:
        talk.begin()
        for _ in range(500):
            talk.say("x" * 9_000)

    with serving(turn) as server:
        answer = _ask(server.url, use)
        assert len("".join(answer)) == MOST_CHARACTERS
        assert answer.is_cut
        assert server.hung_up.wait(3)


def test_an_answer_cut_by_its_token_limit_says_so(use: Settings) -> None:
    def turn(talk: Talk) -> None:
        talk.begin()
        talk.say("It", finish="length")
        talk.done()

    with serving(turn) as server:
        answer = _ask(server.url, use)
        assert list(answer) == ["It"]
        assert answer.is_cut


def test_what_no_database_stores_is_left_out(use: Settings) -> None:
    with serving(answering("a\x00b\x1b[31m\n", "\ud800c")) as server:
        assert list(_ask(server.url, use)) == ["ab[31m\n", "?c"]


def test_stopping_closes_the_connection_and_counts_what_came(use: Settings) -> None:
    use.LLM_TIMEOUTS = (0.5, 1.0, 20.0)
    with serving(dribbling) as server:
        with _ask(server.url, use) as answer:
            assert next(iter(answer)) == "word "
        assert server.hung_up.wait(3)
        assert answer.usage.tokens_out == 2
        assert list(answer) == []


def test_no_server_is_unreachable(use: Settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        with pytest.raises(ModelError) as caught:
            list(_ask(url, use))
    assert caught.value.kind == Trouble.UNREACHABLE


@pytest.mark.parametrize("url", ["ftp://x", "not an address", "http://[", "http://no.invalid/v1"])
def test_an_address_that_makes_no_sense_is_trouble_too(url: str, use: Settings) -> None:
    with pytest.raises(ModelError):
        list(_ask(url, use))


@pytest.mark.parametrize("missing", ["LLM_BASE_URL", "LLM_MODEL"])
def test_without_an_address_or_a_model_it_is_off(missing: str, use: Settings) -> None:
    use.LLM_BASE_URL = "http://127.0.0.1:9/v1"
    setattr(use, missing, "")
    assert not LlmSettings.read().is_on
    with pytest.raises(ModelError, match="No language model is set up"):
        list(stream(ASKED, max_tokens=1))


def test_without_the_sdk_it_is_off(use: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(ModelError, match="No language model is set up"):
        list(_ask("http://127.0.0.1:9/v1", use))


def test_a_server_without_a_key_is_asked_without_one(
    use: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    use.LLM_API_KEY = ""
    with serving(answering("x")) as server:
        list(_ask(server.url, use))
    assert server.keys == ["Bearer none"]


def test_the_key_is_in_no_log_and_no_repr(use: Settings, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(answering("x")) as server:
        answer = _ask(server.url, use)
        list(answer)
    logged = "".join(f"{one.getMessage()}{one.args}" for one in caplog.records)
    assert logged
    assert KEY not in logged
    assert KEY not in f"{LlmSettings.read()!r}{answer!r}{vars(answer)}"
    assert server.url not in repr(LlmSettings.read())
