"""Schedulers by name."""

import pytest

from cards.scheduling import DEFAULT_SCHEDULER, SCHEDULERS, scheduler_named
from cards.scheduling.sm2 import Sm2


def test_sm2_is_found_by_its_name() -> None:
    assert scheduler_named("sm2") == Sm2()


def test_default_scheduler_exists() -> None:
    assert scheduler_named(DEFAULT_SCHEDULER).name == DEFAULT_SCHEDULER


def test_every_scheduler_is_listed_under_its_own_name_and_has_a_version() -> None:
    for name, scheduler in SCHEDULERS.items():
        assert scheduler.name == name
        assert scheduler.version >= 1


@pytest.mark.parametrize("name", ["", "SM2", "sm-2", "supermemo", "sm2 "])
def test_unknown_scheduler_is_refused_and_the_known_ones_are_named(name: str) -> None:
    with pytest.raises(LookupError, match=f"no scheduler “{name}”. Known: .*sm2"):
        scheduler_named(name)
