"""A real mail server and a stand-in for GOV.UK Notify."""

import pytest
from django.test import override_settings

from tests.fakes import mail
from tests.fakes import notify as fake
from tests.fakes.notify import FakeNotify


@pytest.fixture
def post_office():
    with mail.post_office() as server:
        yield server


@pytest.fixture
def notify():
    server = FakeNotify()
    with override_settings(
        NOTIFY_KEY=fake.KEY, NOTIFY_ADDRESS=server.address, NOTIFY_EMAIL_TEMPLATE=fake.TEMPLATE
    ):
        yield server
    server.stop()
