"""A real mail server and a stand-in for GOV.UK Notify."""

import pytest
from django.test import override_settings

from tests.fakes import notify as fake
from tests.fakes.mail import MailServer
from tests.fakes.notify import FakeNotify


@pytest.fixture
def post_office():
    server = MailServer().start()
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=server.port):
        yield server
    server.stop()


@pytest.fixture
def notify():
    server = FakeNotify()
    with override_settings(
        NOTIFY_KEY=fake.KEY, NOTIFY_ADDRESS=server.address, NOTIFY_EMAIL_TEMPLATE=fake.TEMPLATE
    ):
        yield server
    server.stop()
