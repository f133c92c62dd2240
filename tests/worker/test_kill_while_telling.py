"""A worker killed while it sends a morning list loses nobody's, and nobody reads it twice."""

import pytest

from tests.fakes.mail import MailServer

# Starts real processes, which takes seconds.
pytestmark = pytest.mark.slow


@pytest.fixture
def slow_post_office():
    """Return a mail server that keeps a message and then does not answer."""
    server = MailServer()
    server.kept.answers = False
    yield server.start()
    server.stop()


def test_a_list_whose_worker_was_killed_goes_under_one_name(workplace, slow_post_office):
    workplace.environment |= {
        "FORTHRIGHT_SMTP_HOST": "127.0.0.1",
        "FORTHRIGHT_SMTP_PORT": str(slow_post_office.port),
    }
    messages = slow_post_office.kept.messages
    workplace.run_python("-m", "tests.worker.morning")
    first = workplace.start_worker("one")
    workplace.wait_until(lambda: len(messages) == 1)

    workplace.kill(first)
    slow_post_office.kept.answers = True
    workplace.start_worker("one")
    workplace.wait_for("morning list 1", "FINISHED")

    # Whether the first copy arrived nobody can know; a mail program shows one of those so named.
    assert {each["Message-ID"] for each in messages} == {"<morning-1@forthright>"}
    sent = "SELECT count(*) FROM morning_lists_digest WHERE sent_at IS NOT NULL"
    assert workplace.rows(sent) == [(1,)]
    assert workplace.rows("SELECT count(*) FROM audit_event WHERE name = 'digest.sent'") == [(1,)]
