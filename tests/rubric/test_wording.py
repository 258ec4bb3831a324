"""Two texts compared word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.wording import Run, compare
from tests.pace import promised


@pytest.mark.parametrize(
    ("older", "newer", "runs"),
    [
        ("", "", []),
        ("a b", "a b", ["=a b"]),
        ("", "a b", ["+a b"]),
        ("a b", "", ["-a b"]),
        ("a b c", "a x c", ["=a", "-b", "+x", "=c"]),
        ("a  b\n", "a b", ["=a b"]),
    ],
)
def test_the_table(older: str, newer: str, runs: list[str]) -> None:
    signs = {"same": "=", "gone": "-", "added": "+"}
    assert [signs[run.kind] + run.text for run in compare(older, newer)] == runs


words = st.lists(st.sampled_from(["a", "b", "c", "dd"]), max_size=40).map(" ".join)


@given(words, words)
def test_both_texts_can_be_read_out_of_the_comparison(older: str, newer: str) -> None:
    def read(runs: list[Run], left_out: str) -> str:
        return " ".join(run.text for run in runs if run.kind != left_out)

    runs = compare(older, newer)
    assert read(runs, "gone") == newer
    assert read(runs, "added") == older


def test_two_long_texts_that_have_little_in_common_are_compared_in_a_second() -> None:
    older = " ".join(f"{n % 7}" for n in range(20_000))
    newer = " ".join(f"{n % 5}" for n in range(20_000))
    assert promised(1, lambda: compare(older, newer))
