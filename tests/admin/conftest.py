"""One of the staff."""

import pytest
from django.test import Client

from cards.models import Learner
from tests.conftest import PASSWORD


@pytest.fixture
def ada(db: None) -> Learner:
    """Return one of the staff."""
    return Learner.objects.create_user("ada@example.org", PASSWORD, name="Ada", is_staff=True)


@pytest.fixture
def staff(ada: Learner) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(ada)
    return client
