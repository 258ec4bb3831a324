"""What every test may ask for. Three people recur: Sam owns, Kim must be kept out."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import settings as hypothesis_settings

from cards.models import Category, KeyPoint, Learner, Question, SearchEntry, SearchWord
from cards.services.bank import read_bank, seed_bank
from tests.browser import CHROMIUM

pytest_plugins = ["tests.left_out"]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
hypothesis_settings.register_profile("project", deadline=None, derandomize=True)
hypothesis_settings.load_profile("project")

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "a long and quiet password"
OF_THE_BANK: tuple[Any, ...] = (Category, Question, KeyPoint, SearchEntry, SearchWord)
LOADED: list[list[Any]] = []  # the rows of each, once loaded


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the browser tests out, with the reason, where there is no browser."""
    if CHROMIUM:
        return
    # `make test` must pass on a machine with Python alone, and a browser cannot be had from pip.
    # CI installs Chromium first, and there a test that is left out has failed (left_out.py).
    reason = pytest.mark.skip(reason="Chromium is not installed (Debian's package: chromium)")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(reason)


@pytest.fixture
def sam(db: None) -> Learner:
    """Return the learner whose things they are."""
    return Learner.objects.create_user("sam@example.org", PASSWORD, name="Sam")


@pytest.fixture
def kim(db: None) -> Learner:
    """Return a second learner, who must be kept out."""
    return Learner.objects.create_user("kim@example.org", PASSWORD, name="Kim")


@pytest.fixture
def bank(db: None) -> list[Question]:
    """Return the shared bank, loaded from its files, in the order of introduction.

    A process loads it once; later tests get the same rows back, twenty times as quickly.
    """
    is_empty = not (Category.objects.exists() or Question.objects.exists())
    if is_empty and LOADED:
        for model, rows in zip(OF_THE_BANK, LOADED, strict=True):
            model.objects.bulk_create(rows)
    else:
        seed_bank(read_bank(settings.BANK_DIR), at=MORNING)
        if is_empty:
            LOADED[:] = [list(model.objects.all()) for model in OF_THE_BANK]
    return list(Question.objects.order_by("introduction_rank"))


@pytest.fixture
def as_sam(sam: Learner) -> Client:
    """Return a browser in which Sam is signed in."""
    return _signed_in(sam)


@pytest.fixture
def as_kim(kim: Learner) -> Client:
    """Return a browser in which Kim is signed in."""
    return _signed_in(kim)


def _signed_in(learner: Learner) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(learner)
    return client


@pytest.fixture(autouse=True)
def _no_rate_limit_left_over() -> Iterator[None]:
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


def pytest_configure(config: Any) -> None:
    """Say which database is under test."""
    config.stash_database = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]


def pytest_report_header(config: Any) -> str:
    """Name the database and the browser at the top of the report."""
    return f"database: {config.stash_database}, browser: {CHROMIUM or 'none'}"
