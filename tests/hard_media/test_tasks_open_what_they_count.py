"""Each task about recordings opens the cases of exactly the recordings that it counts."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.hard_media.models import Hearing, MediaItem
from forthright.hard_media.selectors.ladder import LadderFilters, ladders
from forthright.hard_media.selectors.to_do import TASKS, items_to_do
from forthright.hard_media.selectors.waiting import waiting_for
from forthright.hard_media.services import hearings, items, receiving
from tests import given
from tests.client import as_
from tests.hard_media import files, media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()


def received_undescribed(hearing):
    return media.a_received_item(hearing, shows="")


def kept_and_untried(hearing):
    return files.a_kept_file(media.a_requested_item(hearing)).item


def viewed_undescribed(hearing):
    return media.a_viewed_item(hearing, shows="")


def came_late(hearing):
    """Return a recording relied on of which a file came once it was viewed."""
    item = media.a_requested_item(hearing)
    files.a_kept_file(item)
    second = files.a_whole_file(item, name="camera2.mp4", content=files.VIDEO + b"2")
    item = items.view_item(item, how="All of it.", by=None, at=NOON)
    item = items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    receiving.keep_file(second, by=None, at=NOON)
    return item


def asked_again_and_came(hearing):
    item = items.request_item(
        media.a_classified_item(hearing), reason="No sound.", by=None, at=NOON
    )
    return files.a_kept_file(item).item


def taken_up(hearing):
    item = items.withdraw_item(
        media.a_requested_item(hearing), reason="No part of it.", by=None, at=NOON
    )
    return items.reinstate_item(item, by=None, at=NOON)


WAITING = [
    (media.a_received_item, "1 recording to view"),
    (received_undescribed, "1 recording to view"),
    (kept_and_untried, "1 recording to view"),
    (came_late, "1 recording to view"),
    (asked_again_and_came, "1 recording to view"),
    (media.a_viewed_item, "1 recording to classify"),
    (viewed_undescribed, "1 recording to classify"),
    (media.an_expected_item, "1 recording named and not asked for"),
    (taken_up, "1 recording named and not asked for"),
]


@pytest.mark.parametrize(("made", "words"), WAITING)
def test_a_task_opens_the_case_that_it_counts(hearing, made, words):
    made(hearing)
    media.a_ready_case(urn="20AB7000326")

    page = as_(media.a_lawyer()).open("/")
    tasks = [each for each in page.links if " recording" in each and each[0].isdigit()]
    shown = page.follow(words)

    assert tasks == [words]
    assert [row[0].startswith(hearing.case.urn) for row in shown.rows()] == [True]


@pytest.mark.parametrize(("made", "words"), WAITING)
def test_a_hearing_long_over_hides_none_of_what_is_counted(hearing, made, words):
    made(hearing)
    Hearing.objects.update(on=TODAY - timedelta(days=90))

    shown = as_(media.a_lawyer()).open("/").follow(words)

    assert hearing.case.urn in shown.rows()[0][0]


@pytest.mark.parametrize(("made", "words"), WAITING)
def test_the_recordings_of_a_closed_case_are_no_task_until_it_is_opened_again(hearing, made, words):
    made(hearing)
    Hearing.objects.update(on=TODAY - timedelta(days=1))
    hearing.refresh_from_db()
    hearings.close_hearing(hearing, "NOT_NEEDED", "A plea of guilty.", by=None, at=NOON)
    lawyer = media.a_lawyer()

    as_(lawyer).open("/").not_see(words)
    assert not any(ladders(lawyer, LadderFilters(task=each), TODAY) for each in TASKS)

    hearings.reopen_hearing(hearing, "A new plea.", by=None, at=NOON)
    as_(lawyer).open("/").see(words)


def test_what_waits_in_another_unit_is_neither_counted_nor_listed(hearing):
    other = media.a_hearing(unit=given.a_unit("MAGISTRATES"))
    for each in (hearing, other):
        media.a_received_item(each)
        media.a_viewed_item(each)
        media.an_expected_item(each)
    for role in (Role.PROSECUTOR, Role.LEGAL_MANAGER, Role.SENIOR_MANAGER, Role.INSPECTOR):
        person = given.a_person(role)
        waits = waiting_for(person, TODAY)
        counts = {
            "view": waits.to_view, "classify": waits.to_classify, "ask": waits.to_ask_for,
            "came": waits.came_after, "ends": waits.link_ends,
            "chase": waits.to_chase,
        }  # fmt: skip
        for task in TASKS:
            listed = ladders(person, LadderFilters(task=task), TODAY)
            counted = set(items_to_do(person, task).values_list("case", flat=True))
            assert {each.hearing.case_id for each in listed} == counted
            assert counts[task] == items_to_do(person, task).count()
    assert MediaItem.objects.count() == 6
    assert waiting_for(media.a_lawyer(), TODAY).to_view == 1


def test_one_that_does_not_play_waits_for_the_police_and_for_no_lawyer(hearing):
    items.try_item(media.a_received_item(hearing), plays=False, by=None, at=NOON)

    waits = waiting_for(media.a_lawyer(), TODAY)

    assert (waits.to_view, waits.to_classify, waits.to_ask_for) == (0, 0, 0)


def test_the_list_says_what_it_is_narrowed_to(hearing):
    media.a_received_item(hearing)

    as_(media.a_lawyer()).open("/").follow("1 recording to view").see("Showing: To view")
