"""A worker killed in the middle of handing a letter over sends no second copy."""

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


def test_a_letter_whose_worker_was_killed_goes_once_and_asks_a_person(workplace, slow_post_office):
    workplace.environment |= {
        "FORTHRIGHT_SMTP_HOST": "127.0.0.1",
        "FORTHRIGHT_SMTP_PORT": str(slow_post_office.port),
    }
    workplace.run_python("-m", "tests.worker.sending")
    first = workplace.start_worker("one")
    workplace.wait_until(lambda: len(slow_post_office.kept.messages) == 1)

    workplace.kill(first)
    slow_post_office.kept.answers = True
    workplace.start_worker("one")
    workplace.wait_for("dispatch 1", "FAILED")

    assert len(slow_post_office.kept.messages) == 1
    assert workplace.rows("SELECT state FROM letters_dispatch") == [("UNSURE",)]
    assert workplace.rows("SELECT sent_at FROM schemes_duty") == [(None,)]
