"""A link ends after so many wrong codes in its whole life, and the recording's page says so."""

from datetime import timedelta

import pytest
from django.core import mail

from forthright.audit.models import Event
from forthright.hard_media.models import ShareLink
from forthright.hard_media.services import links
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import NOON, closed_by_guesses, shared_by_link, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def link():
    hearing = media.a_hearing()
    shared_by_link(hearing, with_a_file(hearing))
    return ShareLink.objects.get()


def sent(link, at):
    """Return the code that is sent at a moment."""
    links.send_code(link, by=None, at=at)
    return mail.outbox[-1].subject[:6]


def guess(link, times, *, at=NOON):
    """Enter wrong codes, five of each that is sent, hour after hour; return the last moment."""
    for number in range(times):
        if number % links.MOST_TRIES == 0:
            at += timedelta(minutes=61)
            wrong = "000000" if sent(link, at) != "000000" else "111111"
        with pytest.raises(links.CodeRefused):
            links.enter_code(link, wrong, by=None, at=at)
    return at


def test_after_thirty_wrong_codes_a_link_opens_nothing_and_sends_none(link):
    at = guess(link, ShareLink.MOST_WRONG - 1) + timedelta(minutes=61)
    links.enter_code(link, sent(link, at), by=None, at=at)

    at = guess(link, 1, at=at) + timedelta(minutes=61)

    with pytest.raises(links.CodeRefused, match="30 wrong codes were entered"):
        links.send_code(link, by=None, at=at)
    link.refresh_from_db()
    assert link.guessed_at == at - timedelta(minutes=61)
    assert Event.objects.get(name="link.closed_by_guesses").detail == {"wrong": 30}


def test_the_unit_is_told_on_the_page_of_the_recording(link):
    closed_by_guesses(link)
    item = link.shares.get().item

    page = as_(media.a_lawyer(unit=item.unit)).open(f"/recordings/items/{item.pk}/")

    page.see("closed, since 30 wrong codes were entered: somebody else may have tried")
