"""Pages of the panel ask the database as often for many letters as for one."""

from datetime import date, timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.panels.models import AnonymisedLetter, Meeting
from forthright.panels.selectors.waiting import corrected_unseen, taken_from_packs
from forthright.panels.services.correcting import AsMeant, correct_finding
from forthright.panels.services.findings import give_finding
from forthright.panels.services.leaving_out import leave_out
from forthright.panels.services.meeting import open_pack
from forthright.panels.services.paper import note_printed
from forthright.panels.services.recognising import put_aside_on_their_word
from forthright.panels.services.seeing import see_letter
from forthright.panels.services.withdrawing import withdraw_letter
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
OVER = given.at("2026-11-02 10:00")
WHY = "It names the village after all"


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def test_typing_in_asks_alike_often_for_many_letters_and_booklets(count_queries):
    keeper = made.a_keeper()
    seat = sittings.opened(by=keeper).seats.select_related("meeting__area", "member").get()
    note_printed(seat, [1], by=keeper, at=given.NOON)
    browser, address = as_(keeper), f"/panel/meetings/{seat.meeting_id}/paper/1/"
    # A second booklet is what asks whether they hold the same words.
    note_printed(seat, [1], by=keeper, at=given.NOON)
    browser.open(address)
    with count_queries() as few:
        browser.open(address).see("not asked here: letter 2")
    for _ in range(3):
        note_printed(seat, [1, 2], by=keeper, at=given.NOON)
    with count_queries() as many:
        browser.open(address).not_see("not asked here: letter 2")

    assert len(many) == len(few)


def test_the_overview_asks_alike_often_for_many_withdrawn_letters(count_queries):
    keeper, other = made.a_keeper(), made.a_keeper()
    spoc = given.a_person(Role.LEGAL_SPOC, unit=keeper.unit)
    meeting = sittings.published(by=keeper)
    counted = []
    with time_machine.travel(OVER, tick=True):
        held = [Meeting.objects.get(pk=meeting.pk)]
        for position in (1, 2):
            duty = meeting.letters.get(position=position).duty
            letter = AnonymisedLetter.objects.get(duty=duty)
            withdraw_letter(letter, WHY, by=keeper, at=OVER)
            see_letter(letter, by=spoc, at=OVER + timedelta(hours=1))
            with count_queries() as asked:
                assert len(taken_from_packs(other, held)) == position
            counted.append(len(asked))

    assert counted[0] == counted[1]
    see_letter(letter, by=made.a_keeper(), at=OVER + timedelta(hours=2))
    with time_machine.travel(OVER, tick=True):
        assert [each.position for each, _, _ in taken_from_packs(other, held)] == [1]


def test_pages_ask_alike_often_for_many_letters_that_are_put_aside(count_queries):
    keeper = made.a_keeper()
    meeting = sittings.opened(by=keeper)
    seat, browser = meeting.seats.get(), as_(keeper)
    for address in ("/", f"/panel/meetings/{meeting.pk}/"):
        browser.open(address)
    counted = []
    for letter in meeting.letters.order_by("position"):
        put_aside_on_their_word(seat, letter, "EVENT", by=keeper, at=given.NOON)
        with count_queries() as of_overview:
            browser.open("/").see(f"A member put letter {letter.position} of panel 1 aside")
        with count_queries() as of_meeting:
            browser.open(f"/panel/meetings/{meeting.pk}/").see("decide what follows")
        counted.append((len(of_overview), len(of_meeting)))

    assert counted[0] == counted[1]


def test_the_page_of_a_meeting_asks_alike_often_for_many_letters_that_are_left_out(count_queries):
    keeper, at = made.a_keeper(), {"at": given.NOON}
    made.a_sent_letter("Pym", "Tanner", "3 Elm Rise", unit=keeper.unit)
    meeting = sittings.drawn(by=keeper, size=3)
    here, counted = f"/panel/meetings/{meeting.pk}/", []
    first, second, third = meeting.letters.order_by("position")
    for line in (first, second):
        leave_out(line, "It was in every newspaper of the county", by=keeper, **at)
    made.released(third.duty, by=keeper)
    open_pack(meeting, [sittings.a_member()], by=keeper, **at)
    browser = as_(keeper)
    browser.open(here)
    for left in ("letter 2", "letter 1"):
        with count_queries() as asked:
            browser.open(here).see(f"Hold back why {left} was left out")
        counted.append(len(asked))
        meeting.letters.filter(pk=second.pk).update(left_out_because="")

    assert counted[0] == counted[1]


def test_the_overview_asks_alike_often_for_many_findings_that_were_put_right(count_queries):
    writer, other = made.a_keeper(), made.a_keeper()
    meeting = sittings.closed(by=writer)
    at, counted = {"by": other, "at": given.NOON}, []
    for number in (1, 2):
        manager = given.a_person(Role.LEGAL_MANAGER, unit=writer.unit)
        finding = give_finding(
            meeting, "Nine letters give no reasons.", manager, by=writer, at=given.NOON
        )
        meant = AsMeant(said="Four letters give no reasons.", manager=manager,
                        reply_by=date(2026, 11, 2), because="I counted wrongly.")  # fmt: skip
        correct_finding(finding, meant, **at)
        with count_queries() as asked:
            assert len(corrected_unseen(writer)) == number
        counted.append(len(asked))

    assert counted[0] == counted[1]
