"""What the ladder says is owed is what the weekly report has in stock, whatever happened before."""

import random
from datetime import timedelta

import pytest
import time_machine

from forthright.cases.models import Defendant
from forthright.hard_media import storing
from forthright.hard_media.models import (
    Carrier,
    CaseEnd,
    MediaItem,
    Representation,
    ShareRecord,
)
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.hands import is_with_us
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import (
    carriers,
    ended,
    firm_mistakes,
    firms,
    items,
    links,
    sharing,
)
from forthright.hard_media.services.handing import note_read
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from forthright.rules.weeks import week_of
from tests import given
from tests.hard_media import files, media
from tests.hard_media.links import told, with_a_file
from tests.hard_media.test_damaged_files import flip_a_byte

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BEGUN = given.NOON
FIRMS = ("Hale LLP", "Rowe & Co", "Penn Law", "")


def _end(chance, hearing, at):
    defendant = chance.choice(list(Defendant.objects.filter(case=hearing.case)))
    if ended.end_of(defendant):
        ended.undo_end(hearing, defendant, "It was another.", by=None, at=at)
    else:
        end = ended.End(at.date() - DAY * chance.choice([0, 0, 1, 3]), "Discontinued.")
        ended.record_end(hearing, defendant, end, by=None, at=at)


def _firm(chance, hearing, at):
    defendant = chance.choice(list(Defendant.objects.filter(case=hearing.case)))
    name = chance.choice(FIRMS)
    firm = firms.Firm(
        firm=name, contact="A" if name else "", email="a@firm.example" if name else "",
        starts_on=at.date() + DAY * chance.choice([-2, 0, 0, 3]), odd_because="As the court said.",
    )  # fmt: skip
    firms.set_representation(hearing, defendant, firm, by=None, at=at)


def _mistake(chance, hearing, at):
    firm = chance.choice(list(Representation.objects.filter(defendant__case=hearing.case_id)))
    firm_mistakes.say_by_mistake(hearing, firm, "For the wrong one.", by=None, at=at)


def _share(chance, hearing, at):
    over = set(CaseEnd.objects.filter(undone_at=None).values_list("defendant", flat=True))
    whole = [
        each
        for each in media.parties_of(hearing)
        if each.representation is None or each.representation.defendant_id not in over
    ]
    to = whole if chance.random() < 0.6 else [chance.choice(whole)]
    item = MediaItem.objects.get(case=hearing.case)
    sending = sharing.Sending(way="EGRESS", on=at.date())
    sharing.share_items(hearing, [item], to, sending, by=None, at=at)


def _take_back(chance, hearing, at):
    shares = list(ShareRecord.objects.filter(item__case=hearing.case, revoked_at=None))
    sharing.revoke_share(chance.choice(shares), reason="To the wrong one.", by=None, at=at)


def _judge(chance, hearing, at):
    kind = chance.choice(["RELIED_ON", "RELIED_ON", "NOT_RELEVANT"])
    item = MediaItem.objects.get(case=hearing.case)
    items.classify_item(item, kind, reason="I looked at it again.", by=None, at=at)


def _hand_over(chance, hearing, at):
    kind, place = chance.choice([("POLICE", "PC 2841"), ("UNIT", "Shelf 14"), ("COURT", "Court 3")])
    because = chance.choice(["", "They make another copy."])
    to = carriers.Hands(Receiver(kind), place, last_copy_because=because)
    carriers.hand_over(_disc_of(hearing), to, by=None, at=at)


def _finish(chance, hearing, at):
    because = chance.choice(["", "The police keep the original."])
    to = carriers.Hands(Receiver.POLICE, "PC 2841", last_copy_because=because)
    disc, event = _disc_of(hearing), chance.choice([CarrierEvent.RETURN, CarrierEvent.DESTROY])
    carriers.end_carrier(disc, event, to=to, on=at.date(), by=None, at=at)


def _disc_of(hearing):
    return Carrier.objects.get(items__case=hearing.case_id)


def _share_by_link(chance, hearing, at):
    parties = [
        sharing.Party(kind="COURT", email="court@court.example"),
        *media.parties_of(hearing)[1:],
    ]
    to = parties if chance.random() < 0.6 else [chance.choice(parties)]
    item = MediaItem.objects.get(case=hearing.case)
    ends = at.date() + DAY * chance.choice([2, 60])
    sending = sharing.Sending(way="LINK", on=at.date(), link_expires_on=ends)
    links.share_by_link(hearing, [item], to, sending, by=None, at=at)
    told(hearing, at=at)


def _open(chance, hearing, at):
    shares = list(ShareRecord.objects.filter(item__case=hearing.case, opened_on=None))
    sharing.record_opened(
        chance.choice(shares), on=at.date(), known="RECEIPT", by=None, at=at
    )  # fmt: skip


def _damage_or_mend(chance, hearing, at):
    flip_a_byte(files.SHA256)
    note_read(storing.store().verify(files.SHA256), by=None, at=at)


ACTS_WITH_A_FILE = (
    _share_by_link, _share_by_link, _open, _damage_or_mend, _damage_or_mend, _share, _take_back
)  # fmt: skip
ACTS = (_end, _end, _firm, _firm, _mistake, _share, _share, _take_back, _judge)
OF_DISCS = (_hand_over, _hand_over, _hand_over, _finish)
REFUSALS = (ValueError, IndexError)  # what cannot be done as things stand, refused or none there


def lies_here(disc):
    return disc.state == "HELD" and is_with_us(disc)


def by_a_disc(hearing):
    """Return a recording that is relied on, and here by a disc alone."""
    item = media.an_expected_item(hearing)
    carriers.put_on_carrier(media.a_disc(at=BEGUN), [item], by=None, at=BEGUN)
    item.refresh_from_db()
    items.view_item(item, how="All of it.", by=None, at=BEGUN)
    return items.classify_item(item, "RELIED_ON", by=None, at=BEGUN)


@pytest.mark.parametrize("seed", range(25))
def test_what_is_owed_is_in_stock_at_the_end_of_each_day(seed):
    chance = random.Random(seed)
    hearing = media.a_hearing(firms=("Hale LLP", "Rowe & Co"), urn="20AB7000126")
    is_on_a_disc = seed % 2 == 1
    item = by_a_disc(hearing) if is_on_a_disc else media.a_classified_item(hearing)
    acts = (*ACTS, *OF_DISCS) if is_on_a_disc else ACTS
    media.shared(hearing, item)
    assert len(walked(chance, hearing, acts)) > 2


@pytest.mark.parametrize("seed", range(15))
def test_so_it_is_where_what_is_kept_is_damaged_and_whole_again(seed):
    hearing = media.a_hearing(firms=("Hale LLP", "Rowe & Co"), urn="20AB7000126")
    with_a_file(hearing)
    assert len(walked(random.Random(seed), hearing, ACTS_WITH_A_FILE)) > 1


def walked(chance, hearing, acts):
    """Return what was done on days one after the other, each day with ladder and stock alike."""
    done = []
    for number in range(1, 9):
        at = BEGUN + number * DAY
        act = chance.choice(acts)
        with time_machine.travel(at, tick=False):
            try:
                act(chance, hearing, at)
                done.append((at.date(), act.__name__))
            except REFUSALS:
                continue
            hearing.refresh_from_db()
            (on_ladder,) = ladder_of(hearing, at.date()).items
            week = week_of(at.date())
            (one,) = backlog_of(
                hearing.area, week, week.plus(-12), as_of=at.date() + DAY
            ).recordings
        assert one.is_in_stock(at.date()) == on_ladder.is_owed, done
        if _hand_over in acts:
            assert bool(on_ladder.item.gone) == (not lies_here(_disc_of(hearing))), done
    return done
