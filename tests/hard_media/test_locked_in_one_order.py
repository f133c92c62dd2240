"""Of two who record something of one recording at one moment, each waits for the other in turn."""

from threading import Thread

import pytest
from django.db import connection, transaction

from forthright.hard_media.models import MediaItem
from forthright.hard_media.services import carriers, items, receiving, sharing
from tests.hard_media import files, media

NOON = media.NOON
TAKEN_BACK = ["This share has been revoked already. Nothing more can be done with it."]


def receipt(item):
    """Return what records that a recording came with another, on one disc."""
    disc = media.a_disc()
    other = media.an_expected_item(media.Hearing.objects.get(case=item.case_id))
    return lambda: carriers.put_on_carrier(disc, [other, item], by=None, at=NOON)


def keeping(item):
    sent = files.a_whole_file(item)
    return lambda: receiving.keep_file(sent, by=None, at=NOON)


def refusal(item):
    sent = files.a_whole_file(item)
    receiving.storing.store().give_up(sent.incoming)
    return lambda: receiving.keep_file(sent, by=None, at=NOON)


def taking_back(item):
    hearing = media.Hearing.objects.get(case=item.case_id)
    item = items.receive_item(item, items.Came(source="DEMS", on=NOON.date()), by=None, at=NOON)
    item = items.view_item(item, how="All.", by=None, at=NOON)
    items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    share = media.shared(hearing, item)[0]
    return lambda: sharing.revoke_share(share, reason="Sent to another.", by=None, at=NOON)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.parametrize("act", [receipt, keeping, refusal, taking_back])
def test_what_comes_while_it_is_asked_for_again_waits_and_both_are_recorded(emptied_after, act):
    item, said = media.a_requested_item(), []
    do = act(item)

    def meanwhile():
        try:
            do()
        except Exception as fault:
            said.append(fault)
        finally:
            connection.close()

    with transaction.atomic():
        # As far as whoever asks for it again has come before the first event.
        MediaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        beside = Thread(target=meanwhile)
        beside.start()
        # Long enough for the other to have come as far as it can.
        beside.join(1)
        assert beside.is_alive()
        items.request_item(item, reason="The disc broke.", by=None, at=NOON)
    beside.join(300)

    # A share is taken back by whoever asks for the recording again; all else is recorded.
    assert [str(each) for each in said] == (TAKEN_BACK if act is taking_back else [])
    item.refresh_from_db()
    assert item.steps.filter(event="REQUEST").count() == 2
