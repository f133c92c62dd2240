"""A refusal for want of a file names no way that is refused itself."""

import pytest

from forthright.hard_media.services import receiving
from forthright.hard_media.services.giving import ShareRefused
from forthright.hard_media.services.going_to import LastCopy
from tests.hard_media import files, media
from tests.hard_media.links import NOON, shared_by_link
from tests.hard_media.test_handed_over_last import given_to, on_a_disc, relied_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_of_what_was_viewed_without_a_file_no_file_is_asked_for_a_link(hearing):
    item = media.a_classified_item(hearing)
    with pytest.raises(receiving.NotTaken):
        files.a_whole_file(item)

    with pytest.raises(ShareRefused, match="was viewed takes none") as refused:
        shared_by_link(hearing, item)

    assert "Share another way, such as by handing over a disc" in str(refused.value)
    assert "Send it" not in str(refused.value)


def test_what_came_since_is_to_be_viewed_and_then_a_link_opens_it(hearing):
    item = media.a_received_item(hearing)
    late = files.a_whole_file(item)
    media.items.try_item(item, plays=True, by=None, at=NOON)
    relied_on(item)
    receiving.keep_file(late, by=None, at=NOON)

    with pytest.raises(ShareRefused, match="View what has come since"):
        shared_by_link(hearing, item)

    media.items.view_item(item, how="All of it.", by=None, at=NOON)
    assert shared_by_link(hearing, item)


def test_of_two_both_are_named(hearing):
    one, other = media.a_classified_item(hearing), media.a_classified_item(hearing)

    with pytest.raises(ShareRefused, match=f"{one.exhibit} and {other.exhibit}, and what was"):
        shared_by_link(hearing, one, other)


def test_of_a_disc_that_leaves_a_file_is_asked_for_until_it_is_viewed(hearing):
    item = media.an_expected_item(hearing)
    disc = on_a_disc(item)

    with pytest.raises(LastCopy, match=f"Send a file of {item.exhibit} on its page first, or tick"):
        given_to(disc, because="")


def test_of_one_that_is_viewed_a_copy_of_the_disc_is_and_then_it_may_go(hearing):
    item = media.an_expected_item(hearing)
    disc = on_a_disc(item)
    relied_on(item)

    with pytest.raises(LastCopy, match="have a copy made of this disc or stick, take that in"):
        given_to(disc, because="")

    on_a_disc(item)
    assert given_to(disc, because="").hand_overs.count() == 2
