"""A mail server that takes the call and says nothing keeps nobody waiting but who asked."""

import socket
import threading
from contextlib import contextmanager

import pytest
from django.db import connection

from forthright.audit.models import Event
from forthright.hard_media.models import ShareLink
from forthright.hard_media.services import links
from tests.client import as_nobody
from tests.hard_media.links import NOON, address_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@contextmanager
def a_silent_server(notice):
    """Listen, take every call and never answer; `notice` is called with each that came."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        calls, is_over = [], threading.Event()

        def listen():
            while not is_over.is_set():
                try:
                    call, _ = server.accept()
                except OSError:
                    return
                calls.append(call)
                notice()

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        yield server.getsockname()[1], calls
        is_over.set()
        # One last call, so that whoever waits for one wakes up.
        socket.create_connection(server.getsockname()).close()
        listener.join()
        for each in calls:
            each.close()


@pytest.fixture
def depths():
    """Return how deep in transactions we were at each call."""
    return []


@pytest.fixture
def silent(settings, monkeypatch, depths):
    monkeypatch.setattr(links, "PATIENCE", 0.2)
    # To another thread this connection is shown by name only where it is held.
    held = connection._connections[connection._alias]
    with a_silent_server(lambda: depths.append(len(held.atomic_blocks))) as (port, calls):
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
        settings.EMAIL_PORT = port
        yield calls


def test_nothing_is_locked_while_the_mail_server_is_waited_for(link, silent, depths):
    before = len(connection.atomic_blocks)

    with pytest.raises(links.CodeRefused, match="the mail server does not answer"):
        links.send_code(link, by=None, at=NOON)

    assert len(silent) == 1
    assert depths == [before]


def test_a_code_that_did_not_go_counts_all_the_same(link, silent):
    for _ in range(links.MOST_CODES):
        with pytest.raises(links.CodeRefused, match="could not be sent just now"):
            links.send_code(link, by=None, at=NOON)

    with pytest.raises(links.CodeRefused, match="Too many codes were asked for"):
        links.send_code(link, by=None, at=NOON)

    assert len(silent) == links.MOST_CODES
    assert ShareLink.objects.get().codes_sent == links.MOST_CODES
    names = list(Event.objects.filter(name__startswith="link.code").values_list("name", flat=True))
    assert names.count("link.code_sent") == names.count("link.code_not_sent") == links.MOST_CODES


def test_whoever_asks_is_told_in_words_and_others_are_answered(link, silent):
    page = as_nobody().open(address_of(link)).press("Send me a code")

    page.see("The e-mail could not be sent just now", "at most 5 are sent in an hour")
    as_nobody().open(address_of(link)).see("Send me a code")


def test_no_code_waits_as_long_as_the_work_in_the_background_may(settings):
    assert settings.EMAIL_TIMEOUT > links.PATIENCE
