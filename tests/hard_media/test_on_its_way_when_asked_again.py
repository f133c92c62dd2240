"""A file that began to come before its recording was asked for again does not answer that."""

import io
from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.hard_media import storing
from forthright.hard_media.models import ForcePartner
from forthright.hard_media.selectors import police
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import items, playing, receiving
from forthright.media_files.ingest import take_in
from forthright.media_files.sources import ReadSource
from forthright.rules.media_rungs import Rung
from tests import given
from tests.client import as_
from tests.hard_media import files, media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
HOUR = timedelta(hours=1)
LATER = NOON + 2 * HOUR
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def item(hearing):
    """A recording of which a file is kept that has no sound."""
    item = media.a_requested_item(hearing)
    files.a_kept_file(item, content=b"A" * 2000)
    return fresh(item)


def fresh(one):
    return type(one).objects.get(pk=one.pk)


def a_source(content):
    return ReadSource(io.BytesIO(content).read)


def asked_again(item):
    return items.request_item(item, reason="The sound is missing.", by=None, at=NOON + HOUR)


def is_received(hearing):
    (rungs,) = ladder_of(hearing, NOON.date()).items
    return next(each.reached for each in rungs.steps if each.rung is Rung.RECEIVED)


def arrives(sent, content):
    """Let the rest of a file come."""
    storing.store().incoming(sent.incoming).take(a_source(content), offset=0)
    receiving.note_whole(sent, by=None, at=LATER)


@pytest.mark.parametrize("had_come", [True, False])
def test_it_is_kept_with_the_copy_before_and_the_next_is_waited_for(hearing, item, had_come):
    content = b"B" * 2000
    two = (
        files.a_whole_file(item, content=content)
        if had_come
        else files.a_begun_file(item, of=len(content))
    )
    asked_again(item)
    if not had_come:
        arrives(two, content)

    receiving.keep_file(fresh(two), by=None, at=LATER)

    found, two = fresh(item), fresh(two)
    assert (found.state, found.received_at) == ("REQUESTED", None)
    assert (two.state, two.superseded_at) == ("KEPT", NOON + HOUR)
    assert not is_received(hearing)
    assert list(police.items_asked(a_partner())) == [item]


def a_partner():
    person = given.a_person(Role.POLICE_PARTNER)
    ForcePartner.objects.create(area=person.area, person=person, force="20", set_at=NOON)
    return person


def test_what_began_after_that_answers_it(hearing, item):
    asked_again(item)
    new = receiving.take_whole(
        fresh(item), "new.mp4", 2000, a_source(b"C" * 2000), by=None, at=LATER
    )

    receiving.keep_file(new, by=None, at=LATER)

    assert (fresh(item).state, fresh(new).superseded_at) == ("VERIFIED", None)
    assert is_received(hearing)


def test_one_that_came_while_it_was_first_asked_for_answers_that(hearing):
    item = media.an_expected_item(hearing)
    sent = files.a_whole_file(item)
    items.request_item(item, by=None, at=NOON + HOUR)
    items.request_item(fresh(item), by=None, at=NOON + HOUR)

    receiving.keep_file(sent, by=None, at=LATER)

    assert (fresh(item).state, fresh(sent).superseded_at) == ("VERIFIED", None)


def test_one_sent_anew_because_the_first_does_not_play_answers_it(item):
    items.try_item(item, plays=False, by=None, at=NOON)
    new = receiving.take_whole(
        fresh(item), "new.mp4", 2000, a_source(b"C" * 2000), by=None, at=NOON + HOUR / 2
    )
    asked_again(fresh(item))

    receiving.keep_file(new, by=None, at=LATER)

    assert (fresh(item).state, fresh(new).superseded_at) == ("VERIFIED", None)


def test_one_that_began_before_a_withdrawal_is_not_of_what_was_taken_up_again(item):
    two = files.a_whole_file(item, content=b"B" * 2000)
    items.withdraw_item(item, reason="No part of it.", by=None, at=NOON + HOUR)
    items.reinstate_item(fresh(item), by=None, at=NOON + HOUR)

    receiving.keep_file(two, by=None, at=LATER)

    assert (fresh(item).state, fresh(two).superseded_at) == ("EXPECTED", NOON + HOUR)


def test_where_the_scanner_refuses_it_the_next_copy_is_no_less_waited_for(item, monkeypatch):
    two = files.a_whole_file(item, content=b"B" * 2000)
    asked_again(item)
    storing.store().give_up(two.incoming)

    refused = receiving.keep_file(two, by=None, at=LATER)

    assert (refused.state, fresh(item).state) == ("REFUSED", "REQUESTED")


def test_nor_does_one_that_began_to_be_taken_in_here(item, tmp_path):
    disc = tmp_path / "disc.mp4"
    disc.write_bytes(b"B" * 2000)
    (taken,) = take_in(storing.store(), [disc], at=NOON, notes={"item": item.pk})
    asked_again(item)

    sent = receiving.note_taken_in(item, taken.receipt, by=None, at=LATER)

    assert (fresh(item).state, sent.superseded_at) == ("REQUESTED", NOON + HOUR)


def test_how_it_plays_is_said_of_no_other_copy(tmp_path):
    item = media.a_requested_item()
    old = files.a_kept_file(item, content=files.a_video(tmp_path).read_bytes())
    asked_again(fresh(item))
    new = receiving.take_whole(
        fresh(item), "new.mp4", 2000, a_source(b"C" * 2000), by=None, at=LATER
    )
    receiving.keep_file(new, by=None, at=LATER)

    assert playing.make_playable(old, by=None, at=LATER).plays

    assert (fresh(item).state, fresh(item).is_readable) == ("VERIFIED", None)


def test_who_sends_it_is_told_and_it_does_not_go_on_by_itself(item):
    sender = media.a_lawyer(unit=item.unit)
    two = files.a_begun_file(item, of=2000, by=sender)
    address = f"/recordings/items/{item.pk}/send/"
    as_(sender).open(address).see("Choose the same file again")

    asked_again(item)

    page = as_(sender).open(address)
    page.see("before the recording was asked for again, so it does not answer that")
    page.not_see("Choose the same file again")
    assert two.incoming not in page.browser.client.get(address).context["known"]


def test_a_program_that_goes_on_with_it_is_told_so_by_each_answer(item, client):
    sender = media.a_lawyer(unit=item.unit)
    client.force_login(sender)
    two = files.a_begun_file(item, of=2000, by=sender)
    address = f"/recordings/items/{item.pk}/send/parts/{two.incoming}"
    assert "Forthright-Notice" not in client.head(address, headers=TUS).headers

    asked_again(item)

    answers = [
        client.head(address, headers=TUS),
        client.patch(
            address, b"B" * 2000, content_type="application/offset+octet-stream",
            headers={**TUS, "Upload-Offset": "0"},
        ),
    ]  # fmt: skip
    for each in answers:
        assert "kept with the copy before" in each.headers["Forthright-Notice"]
    new = files.a_begun_file(fresh(item), of=2000, by=sender, at=LATER)
    answer = client.head(f"/recordings/items/{item.pk}/send/parts/{new.incoming}", headers=TUS)
    assert "Forthright-Notice" not in answer.headers
