"""`manage.py simulate` and the service behind it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cards.services.simulation import Match, Player, matches, play, players

SMALL = {"learners": 2, "days": [7], "questions": [6], "scheduler": ["sm2", "fsrs", "plan"]}


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def simulate(**options: object) -> str:
    out = StringIO()
    call_command("simulate", stdout=out, stderr=StringIO(), **{**SMALL, **options})
    return out.getvalue()


def test_table_has_a_line_for_each_contestant_and_fsrs_one_for_each_retention() -> None:
    lines = simulate().splitlines()
    assert lines[0].split()[:5] == ["truth", "bank", "days", "scheduler", "recall"]
    assert [line[24:44].strip() for line in lines[1:]] == ["sm2", "fsrs 0.90", "fsrs 0.95", "plan"]


def test_json_holds_what_was_asked_and_every_figure() -> None:
    results = json.loads(simulate(json=True, truth=["fsrs", "other"], retention=[0.9]))
    assert len(results) == 6
    last = results[-1]
    assert (last["scheduler"], last["truth"], last["days"], last["seed"]) == ("plan", "other", 7, 1)
    assert last["minutes_a_day"] <= last["minutes"]
    assert 0 < last["recall"] <= 1
    assert last["eve"]["in_band"] >= 0
    assert last["midway"] is not None
    assert results[0]["midway"] is None


def test_lists_are_read_from_the_command_line() -> None:
    out = StringIO()
    call_command(
        "simulate", "--learners=1", "--days=3,5", "--questions=4", "--scheduler=plan",
        "--json", stdout=out, stderr=StringIO(),
    )  # fmt: skip
    assert [one["days"] for one in json.loads(out.getvalue())] == [3, 5]


def test_seed_decides_and_several_processes_change_nothing() -> None:
    once = simulate(json=True, learners=12, truth=["drawn"])
    assert simulate(json=True, learners=12, truth=["drawn"], jobs=2) == once
    assert simulate(json=True, learners=12, truth=["drawn"], seed=2) != once


def test_fairer_lets_stronger_variants_play_too() -> None:
    labels = [
        one["scheduler"] for one in json.loads(simulate(json=True, fairer=True, retention=[0.9]))
    ]
    assert labels == [
        "sm2", "fsrs 0.90", "plan", "sm2 ahead", "fsrs 0.90 ahead", "sm2 new first",
        "fsrs 0.90 new first",
    ]  # fmt: skip


def test_bar_is_drawn_on_a_terminal_only() -> None:
    shown = Terminal()
    call_command("simulate", stdout=StringIO(), stderr=shown, **SMALL)
    assert "100%" in shown.getvalue()
    quiet = StringIO()
    call_command("simulate", stdout=StringIO(), stderr=quiet, **SMALL)
    assert quiet.getvalue() == ""


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"scheduler": ["supermemo"]}, "no scheduler “supermemo”. Known: .*sm2.*plan"),
        ({"truth": ["ebbinghaus"]}, "no truth “ebbinghaus”. Known: fsrs, drawn"),
        ({"learners": 0}, "more than nothing"),
        ({"minutes": -1.0}, "more than nothing"),
        ({"days": [0]}, "a day and a question"),
        ({"questions": [0]}, "a day and a question"),
        ({"missed": 1.5}, "from 0 to 1"),
        ({"retention": [1.0]}, "0.70 to 0.97"),
    ],
)
def test_what_cannot_be_simulated_is_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        simulate(**options)


def test_list_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="not a list with commas: a,b"):
        call_command("simulate", "--days=a,b")


def test_every_few_learners_are_heard_of() -> None:
    heard: list[int] = []
    shared = Match(Player(""), "", 25, 0, 15.0, 0)
    wanted = matches(shared, players(["sm2"], [], fairer=False), ["fsrs"], [3], [4])
    results = list(play(wanted, heard=lambda learners, _: heard.append(learners)))
    assert heard == [10, 10, 5]
    assert len(results) == 1
